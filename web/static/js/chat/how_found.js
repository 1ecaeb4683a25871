// How an answer was found: the question as understood, the figures, the passages with their ranks.

import { byline } from "../core/byline.js";
import { element, languageOf } from "../core/dom.js";
import { articleLink } from "../core/routes.js";
import { percentOf } from "./confidence.js";

/** Render what is known of an answer, folded away. `reword(question)` puts it into the box. */
export function howFound(answer, { question, place, reword }) {
  const { passages = [], timings_ms: times } = answer;
  const understood = answer.interpreted_question ?? question;
  const likely = answer.possible?.confidence ?? answer.confidence;
  return element("details", { class: "how", testid: "how" },
    element("summary", { i18n: "how" }),
    element("dl", {},
      element("dt", { i18n: "howQuestion" }),
      element("dd", {}, element("q", { lang: languageOf(understood) }, understood), " ",
        element("button", { type: "button", class: "link", testid: "reword", i18n: "reword", onclick: () => reword(understood) })),
      element("dt", { i18n: "howConfidence" }),
      element("dd", { testid: "percent", i18n: "howConfidenceValue", values: { percent: percentOf(likely) } }),
      element("dt", { i18n: "howVersion" }), element("dd", {}, answer.index_version),
      element("dt", { i18n: "howTime" }),
      element("dd", { i18n: "howTimeValue", values: { retrieve: Math.round(times.retrieve), read: Math.round(times.read) } })),
    passages.length > 0 && element("h3", { i18n: "howPassages" }),
    passages.length > 0 && element("ol", { class: "passages" }, passages.map((passage) => row(passage, place))));
}

function row(passage, place) {
  return element("li", {},
    element("a", { href: articleLink(passage, place), testid: "passage" },
      element("span", { class: "excerpt", lang: languageOf(passage.text), dir: "auto" }, passage.text),
      byline({ title: passage.title || passage.article_id }, ranks(passage))));
}

function ranks({ dense_rank: dense, lexical_rank: lexical }) {
  const parts = [
    dense && element("span", { i18n: "rankDense", values: { rank: dense } }),
    lexical && element("span", { i18n: "rankLexical", values: { rank: lexical } }),
  ].filter(Boolean);
  return parts.length ? element("span", { class: "ranks" }, parts) : null;
}
