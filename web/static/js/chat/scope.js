// Which articles a question is asked of: all, those of a source or of some years, or a single one.

import { getArticles } from "../core/api.js";
import { element, iconButton } from "../core/dom.js";
import { errorNotice, toRequestError } from "../core/errors.js";
import { message, onLanguageChange, translate } from "../core/i18n.js";
import { icon } from "../core/icons.js";

/** The chip in `view`. A scope is null, or {source?, from?, to?, articles?: [{id, title}]}. */
export class Scope {
  constructor(view) {
    this.value = null;
    this.label = element("span", { testid: "scope-label" });
    this.menu = element("div", { popover: "auto", class: "menu scope-menu", testid: "scope-menu" });
    this.button = element("button", { type: "button", class: "chip", testid: "scope", tip: "scope", onclick: () => this.#open() },
      icon("filter"), this.label);
    this.clear = iconButton("close", "scopeClear", { testid: "scope-clear", onclick: () => this.set(null) });
    view.replaceChildren(translate(element("div", { class: "scope" }, this.button, this.clear, this.menu)));
    onLanguageChange(() => this.#refresh());
    this.#refresh();
  }

  set(value) {
    this.value = value;
    this.#refresh();
  }

  /** Return the API's `filter` as part of a request: {} where nothing is limited. */
  filter() {
    if (!this.value) return {};
    const { source, from, to, articles } = this.value;
    const filter = { source, published_from: from, published_to: to, articles: articles?.map(({ id }) => id) };
    return { filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) };
  }

  #refresh() {
    this.label.textContent = this.#text();
    this.clear.hidden = this.value === null;
    this.button.classList.toggle("set", this.value !== null);
  }

  #text() {
    if (!this.value) return message("scopeAll");
    const { source, from, to, articles } = this.value;
    if (articles) return message("scopeArticle", { title: articles.map(({ id, title }) => title || id).join(" · ") });
    return [source, (from || to) && `${from ?? ""}–${to ?? ""}`].filter(Boolean).join(" · ");
  }

  async #open() {
    this.menu.replaceChildren(translate(element("p", { class: "state", role: "status", i18n: "loading" })));
    this.menu.showPopover();
    const { left, top } = this.button.getBoundingClientRect();
    this.menu.style.left = `${left}px`;
    this.menu.style.bottom = `${innerHeight - top + 6}px`;
    try {
      const { facets } = await getArticles();
      this.menu.replaceChildren(translate(this.#form(facets.sources)));
    } catch (error) {
      this.menu.replaceChildren(errorNotice(toRequestError(error), { retry: () => this.#open() }));
    }
  }

  #form(sources) {
    const { source = "", from = "", to = "" } = this.value ?? {};
    const choice = element("select", { class: "field", testid: "scope-source" },
      element("option", { value: "", i18n: "scopeAnySource" }),
      sources.map((facet) => element("option", { value: facet.source, selected: facet.source === source }, `${facet.source} (${facet.articles})`)));
    const [first, last] = [["scopeFrom", from], ["scopeTo", to]].map(([key, value]) =>
      element("input", { class: "field", value, inputmode: "numeric", pattern: "[0-9]{4}", maxlength: "4", testid: key, "data-i18n-placeholder": "scopeYear" }));
    return element("form", { onsubmit: (event) => { event.preventDefault(); this.#apply(choice.value, first.value, last.value); } },
      element("label", {}, element("span", { i18n: "scopeSource" }), choice),
      element("label", {}, element("span", { i18n: "scopeFrom" }), first),
      element("label", {}, element("span", { i18n: "scopeTo" }), last),
      element("button", { class: "button", testid: "scope-apply", i18n: "scopeApply" }));
  }

  #apply(source, from, to) {
    this.menu.hidePopover();
    const given = Object.entries({ source, from, to }).filter(([, value]) => value);
    this.set(given.length ? Object.fromEntries(given) : null);
  }
}
