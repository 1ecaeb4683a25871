// The filters of the article list: source, year, order.

import { element } from "../core/dom.js";
import { translate } from "../core/i18n.js";

const ORDERS = { relevance: "sortRelevance", newest: "sortNewest", oldest: "sortOldest", title: "sortTitle" };

/** The filters; `changed({source | year | sort})` hears what was chosen. */
export class ListFilters {
  constructor(changed) {
    this.changed = changed;
    this.element = element("div", { class: "filters" });
  }

  /** Show the sources and years that there are; a chosen one stays even if nothing is of it. */
  show({ sources, years }, { query, source, year, sort }) {
    this.element.hidden = false;
    const orders = Object.entries(ORDERS).filter(([order]) => query || order !== "relevance");
    this.element.replaceChildren(translate(element("div", { class: "chips" },
      this.#select("source", "anySource", source, sources.map((facet) => [facet.source, facet.articles])),
      this.#select("year", "anyYear", year, years.map((facet) => [String(facet.year), facet.articles])),
      element("select", { class: "chip", testid: "sort", label: "sort", onchange: (event) => this.changed({ sort: event.target.value }) },
        orders.map(([order, key]) => element("option", { value: order, i18n: key, selected: order === (sort || (query ? "relevance" : "title")) }))))));
  }

  #select(name, anyKey, chosen, counts) {
    const known = counts.some(([value]) => value === chosen) || !chosen ? counts : [[chosen, 0], ...counts];
    if (!known.length) return null;
    return element("select", { class: chosen ? "chip set" : "chip", testid: `filter-${name}`, label: anyKey, onchange: (event) => this.changed({ [name]: event.target.value }) },
      element("option", { value: "", i18n: anyKey }),
      known.map(([value, count]) => element("option", { value, selected: value === chosen }, `${value} (${count})`)));
  }
}
