// The articles view: a list to search and page through.

import { getArticles } from "../core/api.js";
import { byline } from "../core/byline.js";
import { element, languageOf } from "../core/dom.js";
import { errorNotice } from "../core/errors.js";
import { translate } from "../core/i18n.js";
import { articleLink, listLink } from "../core/routes.js";

const PAUSE_MS = 250;

/** The list in `view`. Query and page are part of the page's address. */
export class ArticleList {
  constructor(view) {
    this.view = view;
    this.search = element("input", {
      type: "search", id: "find", autocomplete: "off", maxlength: "200", testid: "find",
      "data-i18n-label": "find", "data-i18n-placeholder": "find",
    });
    this.results = element("div", { "aria-live": "polite" });
    this.scroller = element("div", { class: "scroller" },
      element("div", { class: "column" },
        element("h1", { i18n: "articles", tabindex: "-1" }),
        element("form", { role: "search", class: "search", onsubmit: (event) => this.#submit(event) }, this.search),
        this.results));
    this.search.addEventListener("input", () => this.#searchSoon());
    view.replaceChildren(translate(this.scroller));
  }

  /** Show the query and page of a route; `address` is the link that leads back to them. */
  async show({ query, page }) {
    this.address = listLink({ query, page });
    this.loading?.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    if (document.activeElement !== this.search) this.search.value = query;
    try {
      this.#fill(await getArticles({ query, page, signal }), query);
    } catch (error) {
      if (signal.aborted) return;
      this.results.replaceChildren(errorNotice(error, { retry: () => this.show({ query, page }) }));
    }
  }

  #fill({ articles, total, page, pages }, query) {
    const key = total ? (query ? "foundTotal" : "total") : query ? "none" : "empty";
    this.results.replaceChildren(translate(element("div", {},
      element("p", { class: "total", i18n: key, values: { total } }),
      key === "empty" && element("p", {}, element("code", { i18n: "folder" })),
      element("ul", { class: "articles" }, articles.map(row)),
      pages > 1 && pager({ page, pages, query }))));
    this.scroller.scrollTop = 0;
  }

  #searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#searchNow(), PAUSE_MS);
  }

  #submit(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    this.#searchNow();
  }

  // Typing replaces the address, so that the browser's history gets no entry per letter.
  #searchNow() {
    if (!location.hash.startsWith("#/articles")) return; // the reader has left the list meanwhile
    const query = this.search.value.trim();
    history.replaceState(null, "", listLink({ query }));
    this.show({ query, page: 1 });
  }
}

function row({ id, title, source, author, published, passages }) {
  const count = element("span", { i18n: "passageCount", values: { count: passages } });
  return element("li", {},
    element("a", { href: articleLink({ article_id: id }), testid: "article-link" },
      element("span", { class: "title", lang: languageOf(title || id) }, title || id),
      byline({ source, author, published }, passages == null ? null : count)));
}

function pager({ page, pages, query }) {
  const step = (to, key) =>
    to >= 1 && to <= pages
      ? element("a", { class: "button", href: listLink({ query, page: to }), i18n: key })
      : element("span", { class: "button", "aria-disabled": "true", i18n: key });
  return element("nav", { class: "pager", "data-i18n-label": "articles" },
    step(page - 1, "previous"), element("span", { i18n: "page", values: { page, pages } }), step(page + 1, "next"));
}
