// What a language model wrote beside an answer: above the quotes, marked as such, each sentence with its numbers.

import { allCitationsOf, citationsOf, placeOf } from "../core/answers.js";
import { element, languageOf } from "../core/dom.js";
import { translate } from "../core/i18n.js";
import { articleLink } from "../core/routes.js";
import { evidence } from "./evidence.js";

/** Show in a card that a model writes. */
export function showWriting(card) {
  put(card, element("section", { class: "written", testid: "writing" },
    element("p", { class: "state", i18n: "writing" })));
}

/** Show in a card what a model wrote beside `answer`, or why it did not. */
export function showWritten(card, answer, place) {
  const { written } = answer;
  const shown = citationsOf(answer).length;
  const numbered = allCitationsOf(answer);
  const further = numbered.slice(shown);
  const mark = (index) => markOf(written.citations[index], numbered, place);
  put(card, element("section", { class: "written", testid: "written" },
    written.failed ? state(written.failed) : sentences(written, mark),
    written.dropped > 0 && element("p", { class: "detail", i18n: "writtenDropped", values: { count: written.dropped } }),
    written.translations.map(({ citation, text }) => translation(text, mark(citation))),
    further.length > 0 && evidence(further, { place, from: shown })));
}

/** Show that the connection broke before the model had written. */
export function showUnwritten(card) {
  put(card, element("section", { class: "written", testid: "written" }, element("p", { class: "state", i18n: "writtenLost" })));
}

/** Take away that a model writes. */
export function hideWriting(card) {
  card.querySelector(".written")?.remove();
}

function put(card, section) {
  hideWriting(card);
  card.querySelector(".sources, .nearest, .footing").before(translate(section));
}

function sentences({ sentences: kept, model }, mark) {
  const language = languageOf(kept.map(({ text }) => text).join(""));
  const space = language === "en" ? " " : "";
  return [
    element("p", { class: "kicker" }, element("span", { i18n: "writtenBy" }), ` (${model})`),
    element("p", { class: "prose", lang: language, dir: "auto" },
      kept.map(({ text, citations }) => [text, citations.map(mark), space])),
  ];
}

function translation(text, mark) {
  return [
    element("p", { class: "kicker" }, element("span", { i18n: "translatedBy" }), " ", mark),
    element("p", { class: "prose", lang: languageOf(text), dir: "auto" }, text),
  ];
}

function state(text) {
  return element("p", { class: "state", lang: languageOf(text) }, text);
}

/** A number that opens the article at its quote. */
function markOf(citation, numbered, place) {
  const number = placeOf(citation, numbered) + 1;
  return element("sup", {}, element("a", { class: "mark", href: articleLink(citation, place), testid: "written-mark" }, `[${number}]`));
}
