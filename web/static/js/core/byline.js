// Bylines, as used by answers and articles.

import { element, languageOf } from "./dom.js";

/** Render title, source, author, date and page of an article, those that are known; `last` comes after them. */
export function byline({ title, source, author, published, page }, last = null) {
  const parts = [
    title && element("cite", { lang: languageOf(title) }, title),
    source && element("span", { lang: languageOf(source) }, source),
    author && element("span", { lang: languageOf(author) }, author),
    published && element("time", { datetime: published, "data-date": published }),
    page && element("span", { i18n: "onPage", values: { page } }),
    last,
  ];
  return element("span", { class: "byline" }, ...parts);
}
