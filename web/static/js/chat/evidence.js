// The sentences that an answer stands on: a card for each article, its quotes with their numbers.

import { byline } from "../core/byline.js";
import { element, highlighted, languageOf } from "../core/dom.js";
import { articleLink } from "../core/routes.js";

/**
 * Render citations. `place` is {version, conversation, turn}, for the links into the articles; `from` are as
 * many that stand above.
 */
export function evidence(citations, { short = null, place, from = 0 }) {
  const isNumbered = from + citations.length > 1;
  return element("ol", { class: "sources", testid: "sources" }, byArticle(citations).map((cited) =>
    element("li", { class: "source-card" },
      cited.map(({ citation, number }) => quote(citation, { short, place, number: isNumbered ? from + number : null })),
      footer(cited[0].citation))));
}

/** Group citations by article, each with its number from 1: the order of the first of each stays. */
function byArticle(citations) {
  const groups = new Map();
  for (const [index, citation] of citations.entries()) {
    const group = groups.get(citation.article_id) ?? [];
    groups.set(citation.article_id, [...group, { citation, number: index + 1 }]);
  }
  return [...groups.values()];
}

function quote(citation, { short, place, number }) {
  return element("a", { class: "source", testid: "source", href: articleLink(citation, place) },
    number && element("span", { class: "number", "aria-hidden": "true" }, String(number)),
    element("blockquote", { lang: languageOf(citation.quote), dir: "auto" }, highlighted(citation.quote, short)),
    citation.recognised != null && element("small", { class: "detail", i18n: "recognised" }));
}

function footer(citation) {
  const heading = citation.heading && element("span", { class: "heading", lang: languageOf(citation.heading) }, citation.heading);
  return byline({ ...citation, title: citation.title || citation.article_id }, heading);
}
