// Bylines and passage lists, as used by answers and articles.

import { element, languageOf } from "./dom.js";
import { articleLink } from "./routes.js";

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

/** Render passages as a list of links, each with its article's title or, where unknown, its id. */
export function passageList(passages, { version, titles = new Map() } = {}) {
  return element("ol", { class: "passages" }, passages.map((passage) => {
    const title = passage.title || titles.get(passage.article_id) || passage.article_id;
    return element("li", {},
      element("a", { href: articleLink(passage, version), testid: "passage" },
        element("span", { class: "excerpt", lang: languageOf(passage.text) }, passage.text),
        byline({ title }),
      ),
    );
  }));
}
