// The article view: one article, opened at the cited range.

import { getArticle } from "../core/api.js";
import { articleText } from "./article_text.js";
import { byline } from "../core/byline.js";
import { element, languageOf, webAddress } from "../core/dom.js";
import { errorNotice } from "../core/errors.js";
import { translate } from "../core/i18n.js";

let opening = null;

/** Show the article of a route in `view`; `back` is {href, key}: target and message of the back link. */
export async function showArticle(view, route, back) {
  opening?.abort();
  opening = new AbortController();
  const { signal } = opening;
  const fill = (...parts) => view.replaceChildren(translate(frame(back, parts)));
  fill(element("p", { class: "state", role: "status", i18n: "loading" }));
  try {
    const { article, changed } = await fetchArticle(route, signal);
    fill(...articleParts(article, route, changed));
    document.title = `${article.title || article.id} · 依据`;
    focusMark(view);
  } catch (error) {
    if (signal.aborted) return;
    const key = error.status === 404 ? "missing" : undefined;
    fill(errorNotice(error, { key, retry: () => showArticle(view, route, back) }));
  }
}

/** Stop loading the article: the reader has left the view. */
export function abandonArticle() {
  opening?.abort();
}

/** Fetch the article as of the answer's index version, or the current one when that is gone. */
async function fetchArticle({ id, version }, signal) {
  try {
    return { article: await getArticle(id, { version, signal }), changed: false };
  } catch (error) {
    if (!version || ![410, 422].includes(error.status)) throw error;
    return { article: await getArticle(id, { signal }), changed: true };
  }
}

function frame(back, parts) {
  return element("div", { class: "scroller" },
    element("div", { class: "column" },
      element("a", { class: "back", href: back.href, testid: "back" },
        element("span", { "aria-hidden": "true" }, "← "), element("span", { i18n: back.key })),
      ...parts));
}

function articleParts(article, route, changed) {
  const body = articleText({ ...article, sections: article.sections ?? [] }, route);
  const titled = body[0]?.tagName === "H1" ? body.shift() : titleOf(article);
  const isMarked = [titled, ...body].some((block) => block.querySelector("mark"));
  const warning = changed ? "changed" : route.start != null && !isMarked && "outside";
  return [
    warning && element("p", { class: "notice", role: "status", testid: "changed", i18n: warning }),
    element("article", { class: "reading", testid: "article", "data-id": article.id },
      element("header", {}, titled, articleByline(article)),
      ...body,
      removed(article.removed ?? [])),
  ];
}

function titleOf({ id, title }) {
  return element("h1", { tabindex: "-1", lang: languageOf(title || id) }, title || id);
}

function articleByline({ source, author, published, url }) {
  const address = webAddress(url);
  const link = address && element("a", { href: address, target: "_blank", rel: "noopener noreferrer", i18n: "original" });
  const plain = url && !address && element("span", {}, url);
  return byline({ source, author, published }, link || plain || null);
}

function removed(pieces) {
  if (!pieces.length) return null;
  return element("details", { class: "removed", testid: "removed" },
    element("summary", { i18n: "removed", values: { count: pieces.length } }),
    element("ul", {}, pieces.map(({ text }) => element("li", { lang: languageOf(text) }, text))));
}

/** Scroll to the marked range and focus it, or else the title. */
function focusMark(view) {
  const target = view.querySelector("mark") ?? view.querySelector("h1");
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (target.tagName === "MARK") target.scrollIntoView({ block: "center" });
}
