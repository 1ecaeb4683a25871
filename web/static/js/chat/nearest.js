// What a question without a sure answer gets: the closest passages, and ways on.

import { byline } from "../core/byline.js";
import { element, languageOf } from "../core/dom.js";
import { articleLink } from "../core/routes.js";
import { excerpt } from "./excerpt.js";

const SHOWN = 3;
const FLOOR = 0.02; // of a passage's probability to answer; below it it has nothing to do with the question

/** Render the closest passages that may have to do with the question, or null. */
export function nearest(passages, { question, place }) {
  const close = passages.filter(({ score }) => score >= FLOOR).slice(0, SHOWN);
  if (!close.length) return null;
  return element("section", { class: "nearest", testid: "nearest" },
    element("h3", {}, element("span", { i18n: "nearest" }), " ", element("small", { i18n: "nearestNote" })),
    element("ol", { class: "passages" }, close.map((passage) => element("li", {},
      element("a", { href: articleLink(passage, place), testid: "passage" },
        element("span", { class: "excerpt", lang: languageOf(passage.text), dir: "auto" }, excerpt(passage.text, question)),
        byline({ title: passage.title || passage.article_id }))))));
}

/** Render what can be tried next: `reword()`, `decide()` unless that was done, `within(article)`. */
export function waysOn(passages, { reword, decide, within }) {
  const articles = new Map(passages.slice(0, SHOWN).map((passage) => [passage.article_id, passage.title || passage.article_id]));
  return element("div", { class: "ways", testid: "ways" },
    element("span", { class: "detail", i18n: "waysOn" }),
    chip("wayReword", {}, reword),
    decide && chip("wayDecide", {}, decide),
    within && [...articles].slice(0, 2).map(([id, title]) => chip("wayArticle", { title }, () => within({ id, title }))));
}

function chip(key, values, onclick) {
  return element("button", { type: "button", class: "chip", testid: key, i18n: key, values, onclick });
}
