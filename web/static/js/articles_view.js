// The list of the articles, to search and to page through.

import { getArticles } from "./api.js";
import { byline } from "./byline.js";
import { element, languageOf } from "./dom.js";
import { failureNotice } from "./errors.js";
import { translate } from "./i18n.js";
import { articleLink, listLink } from "./routes.js";

const PAUSE_MS = 250;

/** The list in `view`. Its address holds what was searched and which page. */
export class ArticleList {
  constructor(view) {
    this.view = view;
    this.search = element("input", {
      type: "search", id: "find", autocomplete: "off", maxlength: "200", testid: "find",
      "data-words-label": "find", "data-words-placeholder": "find",
    });
    this.results = element("div", { "aria-live": "polite" });
    this.scroller = element("div", { class: "scroller" },
      element("div", { class: "column" },
        element("h1", { words: "articles", tabindex: "-1" }),
        element("form", { role: "search", class: "search", onsubmit: (event) => this.#submit(event) }, this.search),
        this.results));
    this.search.addEventListener("input", () => this.#typed());
    view.replaceChildren(translate(this.scroller));
  }

  /** Shows what a route asks for; `address` leads back to it. */
  async show({ query, page }) {
    this.address = listLink({ query, page });
    this.loading?.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    if (document.activeElement !== this.search) this.search.value = query;
    try {
      const found = await getArticles({ query, page, signal });
      this.#fill(found, query);
    } catch (thrown) {
      if (signal.aborted) return;
      this.results.replaceChildren(failureNotice(thrown, { retry: () => this.show({ query, page }) }));
    }
  }

  #fill({ articles, total, page, pages }, query) {
    const words = total ? (query ? "foundTotal" : "total") : query ? "none" : "empty";
    this.results.replaceChildren(translate(element("div", {},
      element("p", { class: "total", words, values: { total } }),
      words === "empty" && element("p", {}, element("code", { words: "folder" })),
      element("ul", { class: "articles" }, articles.map(row)),
      pages > 1 && pager({ page, pages, query }))));
    this.scroller.scrollTop = 0;
  }

  #typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#go(), PAUSE_MS);
  }

  #submit(event) {
    event.preventDefault();
    clearTimeout(this.waiting);
    this.#go();
  }

  // Typing changes the address without a step in the browser's history for every letter.
  #go() {
    if (!location.hash.startsWith("#/articles")) return; // the reader has gone on meanwhile
    const query = this.search.value.trim();
    history.replaceState(null, "", listLink({ query }));
    this.show({ query, page: 1 });
  }
}

function row({ id, title, source, author, published, passages }) {
  const count = element("span", { words: "passageCount", values: { count: passages } });
  return element("li", {},
    element("a", { href: articleLink({ article_id: id }), testid: "article-link" },
      element("span", { class: "title", lang: languageOf(title || id) }, title || id),
      byline({ source, author, published }, passages == null ? null : count)));
}

function pager({ page, pages, query }) {
  const step = (to, words) =>
    to >= 1 && to <= pages
      ? element("a", { class: "button", href: listLink({ query, page: to }), words })
      : element("span", { class: "button", "aria-disabled": "true", words });
  return element("nav", { class: "pager", "data-words-label": "articles" },
    step(page - 1, "previous"), element("span", { words: "page", values: { page, pages } }), step(page + 1, "next"));
}
