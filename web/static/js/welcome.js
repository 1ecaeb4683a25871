// What stands there before the first question: how many articles, some of their titles, and
// whether the server can answer at all.

import { getArticles, getJson, isReady } from "./api.js";
import { element, languageOf } from "./dom.js";
import { asFailure, failureNotice, unreadyNotice } from "./errors.js";
import { translate } from "./i18n.js";
import { articleLink } from "./routes.js";

const SAMPLES = 5;

/** Fills count, notices and samples in; called again it looks again. */
export async function welcome(parts) {
  parts.notices.replaceChildren();
  const again = () => welcome(parts);
  try {
    if (!(await isReady())) return parts.notices.replaceChildren(unreadyNotice(again));
    await showCount(parts.count);
    await showSamples(parts.samples);
  } catch (thrown) {
    parts.notices.replaceChildren(failureNotice(asFailure(thrown), { retry: again }));
  }
}

async function showCount(place) {
  const { articles } = await getJson("/api/index");
  place.textContent = articles.toLocaleString("en");
}

async function showSamples(place) {
  const { articles } = await getArticles();
  const shown = articles.slice(0, SAMPLES);
  place.replaceChildren(translate(shown.length ? samples(shown) : empty()));
}

function samples(articles) {
  return element("section", {},
    element("h2", { words: "samples" }),
    element("ul", {}, articles.map(({ id, title }) =>
      element("li", {},
        element("a", { href: articleLink({ article_id: id }), lang: languageOf(title || id), testid: "sample" }, title || id)))));
}

function empty() {
  return element("section", {}, element("p", { words: "empty" }), element("p", {}, element("code", { words: "folder" })));
}
