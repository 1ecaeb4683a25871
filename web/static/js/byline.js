// The line that says where a text comes from, and lists of passages: used by answers and articles.

import { element, languageOf } from "./dom.js";
import { articleLink } from "./routes.js";

/** Title, source, author and date of an article, and a page of it, whichever there are; `last` is added at the end. */
export function byline({ title, source, author, published, page }, last = null) {
  const parts = [
    title && element("cite", { lang: languageOf(title) }, title),
    source && element("span", { lang: languageOf(source) }, source),
    author && element("span", { lang: languageOf(author) }, author),
    published && element("time", { datetime: published, "data-date": published }),
    page && element("span", { words: "onPage", values: { page } }),
    last,
  ];
  return element("span", { class: "byline" }, ...parts);
}

/** Passages as a list of links, each under the title that is known for its article, or its id. */
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
