// The answer card: short answer, text, cited sentences, confidence and the passages searched.

import { byline, passageList } from "../core/byline.js";
import { copyButton } from "./copy.js";
import { element, highlighted, languageOf } from "../core/dom.js";
import { setMessage, translate } from "../core/i18n.js";
import { articleLink } from "../core/routes.js";

// A short answer longer than this is set smaller.
const LONG = 24;

/** Render an answer of the API (the `answer` event) as a card. */
export function answerCard(answer) {
  const parts = partsOf(answer);
  return translate(element("div", { class: "card", testid: "answer" }, understood(answer), ...parts));
}

/** Render the card of an answer that is still streaming: the text so far and the current step. */
export function pendingCard() {
  const text = element("p", { class: "prose" });
  const state = element("p", { class: "state", testid: "state", i18n: "searching" });
  const card = translate(element("div", { class: "card pending", testid: "answer", "aria-busy": "true" }, text, state));
  return {
    card,
    showReading(passages) {
      setMessage(state, "reading", { count: passages.length });
    },
    append(piece) {
      text.append(piece);
      text.lang = languageOf(text.textContent);
    },
    /** End without an answer: the text so far stays, dimmed, above the message of that key, if any. */
    end(key) {
      card.removeAttribute("aria-busy");
      card.classList.replace("pending", "broken");
      if (key) setMessage(state, key);
      else state.remove();
    },
  };
}

function understood({ interpreted_question: question }) {
  if (!question) return null;
  return element("p", { class: "understood", testid: "interpreted-question" },
    element("span", { i18n: "understood" }), element("q", { lang: languageOf(question) }, question));
}

function partsOf(answer) {
  if (answer.kind === "page") return [element("p", { class: "prose", testid: "page-answer", lang: languageOf(answer.answer) }, answer.answer)];
  return answer.answered ? answeredParts(answer) : unansweredParts(answer);
}

function answeredParts(answer) {
  return [
    lead(answer),
    entries(answer) ?? prose(answer),
    sources(answer),
    element("div", { class: "footing" }, confidence(answer), searchedPassages(answer), copyButton(answer)),
  ];
}

function unansweredParts(answer) {
  const nearest = answer.passages ?? [];
  return [
    element("p", { class: "prose", testid: "not-answered", lang: languageOf(answer.answer) }, answer.answer),
    possible(answer),
    nearest.length > 0 && element("section", { class: "nearest", testid: "nearest" },
      element("h3", {}, element("span", { i18n: "nearest" }), " ", element("small", { i18n: "nearestNote" })),
      passageList(nearest, { version: answer.index_version })),
  ];
}

/** What may be the answer, with its source: never as large as an answer, and never called one. */
function possible({ possible: reply, index_version: version }) {
  if (!reply) return null;
  const text = reply.short_answer ?? reply.answer;
  return element("section", { class: "possible", testid: "possible" },
    element("h3", {}, element("span", { i18n: "possible" }), " ", element("small", { i18n: "possibleNote" })),
    text !== reply.citations[0].quote && element("p", { class: "prose", testid: "possible-answer", lang: languageOf(text) }, text),
    sources({ ...reply, index_version: version }),
    element("div", { class: "footing" }, confidence(reply)));
}

/** The short answer, large, with another form of it ("（US$10 million）") smaller beside it. */
function lead({ short_answer: short, answer }) {
  if (!short) return null;
  return element("p", { class: short.length > LONG ? "lead long" : "lead", lang: languageOf(short) },
    element("strong", { testid: "short-answer" }, short),
    aside(short, answer) && element("span", { class: "aside" }, aside(short, answer)));
}

/** aside("1000万美元", "1000万美元（US$10 million）。") → "（US$10 million）"; "" when the answer says more. */
function aside(short, answer) {
  if (!answer.startsWith(short)) return "";
  return /^\s*([（(][^（）()]*[)）])[。.]?\s*$/u.exec(answer.slice(short.length))?.[1] ?? "";
}

/** The answer for each of several parties, with the number of its source. */
function entries({ entries: parties = [], citations, index_version: version }) {
  if (!parties.length) return null;
  return element("dl", { class: "entries", testid: "entries" }, parties.flatMap((entry) => [
    element("dt", { lang: languageOf(entry.party) }, entry.party),
    element("dd", { lang: languageOf(entry.answer) }, entry.short_answer ?? entry.answer, sourceMark(entry.citation, citations, version)),
  ]));
}

function sourceMark(number, citations, version) {
  if (number === null) return null;
  return element("a", { class: "number", href: articleLink(citations[number], version) }, String(number + 1));
}

/** The answer's text, or null when the short answer or the first quote already says all of it. */
function prose({ short_answer: short, answer, citations }) {
  const bare = (text) => text.trim().replace(/[。.]$/u, "");
  const isRedundant = short && (bare(answer) === bare(short) || aside(short, answer) || answer.trim() === citations[0]?.quote.trim());
  if (isRedundant) return null;
  return element("p", { class: "prose", lang: languageOf(answer) }, highlighted(answer, short));
}

function sources({ citations, short_answer: short, index_version: version }) {
  return element("section", { class: "sources" },
    element("h3", { i18n: "sources" }),
    element("ol", {}, citations.map((citation, index) => element("li", {}, source(citation, { short, version, index })))));
}

function source(citation, { short, version, index }) {
  const heading = citation.heading && element("span", { class: "heading", lang: languageOf(citation.heading) }, citation.heading);
  return element("a", { class: "source", testid: "source", href: articleLink(citation, version) },
    element("span", { class: "number", "aria-hidden": "true" }, String(index + 1)),
    element("blockquote", { lang: languageOf(citation.quote) }, highlighted(citation.quote, short)),
    byline({ ...citation, title: citation.title || citation.article_id }, heading));
}

function confidence({ confidence: probability }) {
  if (typeof probability !== "number") return null;
  // 99% at most: rounding must not turn a probability into a promise.
  const percent = Math.min(99, Math.round(probability * 100));
  return element("span", { class: "confidence", testid: "confidence", i18n: "confidence", values: { percent } });
}

function searchedPassages({ passages = [], citations, index_version: version }) {
  if (!passages.length) return null;
  const titles = new Map(citations.map((citation) => [citation.article_id, citation.title]));
  return element("details", { testid: "passages" },
    element("summary", { i18n: "passages", values: { count: passages.length } }),
    passageList(passages, { version, titles }));
}
