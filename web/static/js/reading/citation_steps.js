// Steps through the citations of an answer: those of this article are scrolled to, others opened.

import { element, iconButton } from "../core/dom.js";
import { setMessage, translate } from "../core/i18n.js";
import { articleLink } from "../core/routes.js";

/** The steps over `citations`, of which `ranges` are marked in `body`; `bar` has the buttons. */
export class CitationSteps {
  constructor(body, ranges, citations, route) {
    Object.assign(this, { body, citations, route });
    this.label = element("span", { testid: "citation-number" });
    this.bar = citations.length > 1 ? this.#bar() : null;
    this.number = citations.findIndex(({ article_id: id, start, end }) => id === route.id && start === route.start && end === route.end);
  }

  #bar() {
    return element("span", { class: "steps-bar" }, this.label,
      iconButton("up", "previousCitation", { testid: "previous-citation", onclick: () => this.#step(-1) }),
      iconButton("down", "nextCitation", { testid: "next-citation", onclick: () => this.#step(1) }));
  }

  /** Scroll to the marked range and focus it, or else the title. */
  start() {
    const mark = this.body.querySelector("mark.current") ?? this.body.querySelector("mark");
    const target = mark ?? this.body.querySelector("h1");
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    if (mark) mark.scrollIntoView({ block: "center" });
    for (const piece of this.body.querySelectorAll("mark.current")) piece.classList.add("arrived");
    this.#showNumber();
  }

  #showNumber() {
    if (this.bar) setMessage(this.label, "citationOf", { number: Math.max(this.number, 0) + 1, total: this.citations.length });
    translate(this.label);
  }

  // The address names the citation, so that going back leads to the one before.
  #step(by) {
    const count = this.citations.length;
    const citation = this.citations[(Math.max(this.number, 0) + by + count) % count];
    location.href = articleLink(citation, this.route);
  }
}
