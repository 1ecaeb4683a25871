// The view of one article, opened at the place an answer stands on.

import { getArticle } from "./api.js";
import { articleText } from "./article_text.js";
import { byline } from "./byline.js";
import { element, languageOf, webAddress } from "./dom.js";
import { failureNotice } from "./errors.js";
import { translate } from "./i18n.js";

let opening = null;

/** Shows the article of a route in `view`; `back` is {href, words} of the link that leads back. */
export async function showArticle(view, route, back) {
  opening?.abort();
  opening = new AbortController();
  const { signal } = opening;
  const fill = (...parts) => view.replaceChildren(translate(frame(back, parts)));
  fill(element("p", { class: "state", role: "status", words: "loading" }));
  try {
    const { article, changed } = await fetched(route, signal);
    fill(...articleParts(article, route, changed));
    document.title = `${article.title || article.id} · 依据`;
    settle(view);
  } catch (thrown) {
    if (signal.aborted) return;
    const words = thrown.status === 404 ? "missing" : undefined;
    fill(failureNotice(thrown, { words, retry: () => showArticle(view, route, back) }));
  }
}

/** Stops the loading of an article that the reader has turned away from. */
export function abandonArticle() {
  opening?.abort();
}

/** The article as of the answer's index version, or, when that is gone, as it is now. */
async function fetched({ id, version }, signal) {
  try {
    return { article: await getArticle(id, { version, signal }), changed: false };
  } catch (thrown) {
    if (!version || ![410, 422].includes(thrown.status)) throw thrown;
    return { article: await getArticle(id, { signal }), changed: true };
  }
}

function frame(back, parts) {
  return element("div", { class: "scroller" },
    element("div", { class: "column" },
      element("a", { class: "back", href: back.href, testid: "back" },
        element("span", { "aria-hidden": "true" }, "← "), element("span", { words: back.words })),
      ...parts));
}

function articleParts(article, route, changed) {
  const body = articleText({ ...article, sections: article.sections ?? [] }, route);
  const titled = body[0]?.tagName === "H1" ? body.shift() : titleOf(article);
  const isMarked = [titled, ...body].some((block) => block.querySelector("mark"));
  const warning = changed ? "changed" : route.start != null && !isMarked && "outside";
  return [
    warning && element("p", { class: "notice", role: "status", testid: "changed", words: warning }),
    element("article", { class: "reading", testid: "article", "data-id": article.id },
      element("header", {}, titled, particulars(article)),
      ...body,
      removed(article.removed ?? [])),
  ];
}

function titleOf({ id, title }) {
  return element("h1", { tabindex: "-1", lang: languageOf(title || id) }, title || id);
}

function particulars({ source, author, published, url }) {
  const address = webAddress(url);
  const link = address && element("a", { href: address, target: "_blank", rel: "noopener noreferrer", words: "original" });
  const plain = url && !address && element("span", {}, url);
  return byline({ source, author, published }, link || plain || null);
}

function removed(pieces) {
  if (!pieces.length) return null;
  return element("details", { class: "removed", testid: "removed" },
    element("summary", { words: "removed", values: { count: pieces.length } }),
    element("ul", {}, pieces.map(({ text }) => element("li", { lang: languageOf(text) }, text))));
}

/** Brings the marked place, or else the title, into view, and the reader's focus there. */
function settle(view) {
  const place = view.querySelector("mark") ?? view.querySelector("h1");
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (place.tagName === "MARK") place.scrollIntoView({ block: "center" });
}
