// The articles view: a list to search, narrow and page through; articles are added and deleted here.

import { getArticles } from "../core/api.js";
import { element } from "../core/dom.js";
import { errorNotice } from "../core/errors.js";
import { translate } from "../core/i18n.js";
import { listLink } from "../core/routes.js";
import { articleRow } from "./article_row.js";
import { Deletions } from "./deletions.js";
import { IndexState } from "./index_state.js";
import { addButton, invitation } from "./invitation.js";
import { ListFilters } from "./list_filters.js";

const PAUSE_MS = 250;

/** The list in `view`. Query, filters and page are part of the page's address. */
export class ArticleList {
  /** `uploads` takes files, `askWithin(article)` asks a single one, `changed()` hears that articles came or went. */
  constructor(view, { uploads, askWithin, changed }) {
    Object.assign(this, { uploads, askWithin, changed });
    this.state = new IndexState(() => this.#changed());
    this.deletions = new Deletions({ hidden: () => this.refresh(), done: () => this.#changed() });
    this.filters = new ListFilters((changes) => this.#narrow(changes));
    this.search = element("input", {
      type: "search", class: "field", id: "find", autocomplete: "off", maxlength: "200", testid: "find",
      label: "find", "data-i18n-placeholder": "find",
    });
    this.results = element("div", { "aria-live": "polite" });
    this.scroller = element("div", { class: "scroller" },
      element("div", { class: "column" },
        element("header", { class: "list-header" }, element("h1", { i18n: "articles", tabindex: "-1" }), addButton(uploads)),
        this.state.element,
        element("form", { role: "search", class: "search", onsubmit: (event) => this.#submit(event) }, this.search),
        this.filters.element,
        this.results));
    this.search.addEventListener("input", () => this.#searchSoon());
    view.replaceChildren(translate(this.scroller));
  }

  /** Show the list of a route. */
  async show(route) {
    this.route = route;
    if (document.activeElement !== this.search) this.search.value = route.query;
    await Promise.all([this.state.refresh(), this.refresh({ isScrolled: true })]);
  }

  async refresh({ isScrolled = false } = {}) {
    if (!this.route) return; // not shown yet
    this.loading?.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    try {
      this.#fill(await getArticles({ ...this.route, signal }));
      if (isScrolled) this.scroller.scrollTop = 0;
    } catch (error) {
      if (signal.aborted) return;
      const retry = () => this.show(this.route);
      this.filters.element.hidden = true;
      this.results.replaceChildren(errorNotice(error, { retry }));
    }
  }

  #fill({ articles, total, page, pages, facets }) {
    const { query, source, year } = this.route;
    const isNarrowed = query || source || year;
    const key = total ? (isNarrowed ? "foundTotal" : "total") : isNarrowed ? "none" : "empty";
    const shown = articles.filter(({ id }) => !this.deletions.has(id));
    this.filters.show(facets, this.route);
    this.results.replaceChildren(translate(element("div", {},
      element("p", { class: "total", i18n: key, values: { total } }),
      key === "empty" && invitation(this.uploads),
      element("ul", { class: "articles" }, shown.map((article) => this.#row(article))),
      pages > 1 && pager(this.route, { page, pages }))));
  }

  #row(article) {
    return articleRow(article, {
      ask: () => this.askWithin({ id: article.id, title: article.title }),
      remove: () => this.deletions.add(article),
    });
  }

  #changed() {
    this.changed();
    if (this.route && location.hash.startsWith("#/articles")) this.show(this.route);
  }

  #searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#narrow({ query: this.search.value.trim() }), PAUSE_MS);
  }

  #submit(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    this.#narrow({ query: this.search.value.trim() });
  }

  // Typing replaces the address, so that the browser's history gets no entry per letter.
  #narrow(changes) {
    if (!location.hash.startsWith("#/articles")) return; // the reader has left the list meanwhile
    const route = { ...this.route, ...changes, page: 1 };
    history.replaceState(null, "", listLink(route));
    this.show(route);
  }
}

function pager(route, { page, pages }) {
  const step = (to, key) =>
    to >= 1 && to <= pages
      ? element("a", { class: "button", href: listLink({ ...route, page: to }), testid: key, i18n: key })
      : element("span", { class: "button", "aria-disabled": "true", i18n: key });
  return element("nav", { class: "pager", label: "articles" },
    step(page - 1, "previous"), element("span", { i18n: "page", values: { page, pages } }), step(page + 1, "next"));
}
