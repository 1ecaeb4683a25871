// The start of the chat: the number of articles, sample titles, and a notice if there is no index.

import { getArticles, getJson, isReady } from "../core/api.js";
import { element, languageOf } from "../core/dom.js";
import { errorNotice, noIndexNotice, toRequestError } from "../core/errors.js";
import { translate } from "../core/i18n.js";
import { articleLink } from "../core/routes.js";

const SAMPLES = 5;

/** Fill in `count`, `notices` and `samples`; can be called again to refresh them. */
export async function welcome(parts) {
  parts.notices.replaceChildren();
  const retry = () => welcome(parts);
  try {
    if (!(await isReady())) return parts.notices.replaceChildren(noIndexNotice(retry));
    await showCount(parts.count);
    await showSamples(parts.samples);
  } catch (error) {
    parts.notices.replaceChildren(errorNotice(toRequestError(error), { retry }));
  }
}

async function showCount(target) {
  const { articles } = await getJson("/api/index");
  target.textContent = articles.toLocaleString("en");
}

async function showSamples(target) {
  const { articles } = await getArticles();
  const samples = articles.slice(0, SAMPLES);
  target.replaceChildren(translate(samples.length ? sampleList(samples) : emptyNotice()));
}

function sampleList(articles) {
  return element("section", {},
    element("h2", { i18n: "samples" }),
    element("ul", {}, articles.map(({ id, title }) =>
      element("li", {},
        element("a", { href: articleLink({ article_id: id }), lang: languageOf(title || id), testid: "sample" }, title || id)))));
}

function emptyNotice() {
  return element("section", {}, element("p", { i18n: "empty" }), element("p", {}, element("code", { i18n: "folder" })));
}
