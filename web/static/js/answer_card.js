// An answer as a card: what was answered, and the sentences it stands on.

import { byline, passageList } from "./byline.js";
import { copyButton } from "./copy.js";
import { element, emphasised, languageOf } from "./dom.js";
import { translate } from "./i18n.js";
import { articleLink } from "./routes.js";

// A short answer longer than this is set smaller.
const LONG = 24;

/** The card of a whole answer, as the server gave it. */
export function answerCard(answer) {
  const parts = answer.answered ? answeredParts(answer) : unansweredParts(answer);
  return translate(element("div", { class: "card", testid: "answer" }, understood(answer), ...parts));
}

/** The card of an answer on its way: what there is of the text, and what is being done. */
export function pendingCard() {
  const text = element("p", { class: "prose" });
  const state = element("p", { class: "state", testid: "state", words: "searching" });
  const card = translate(element("div", { class: "card pending", testid: "answer", "aria-busy": "true" }, text, state));
  return {
    card,
    found(passages) {
      Object.assign(state.dataset, { words: "reading", values: JSON.stringify({ count: passages.length }) });
      translate(state);
    },
    add(piece) {
      text.append(piece);
      text.lang = languageOf(text.textContent);
    },
    /** Ends it without an answer: what has come stays, set back. */
    end(words) {
      card.removeAttribute("aria-busy");
      card.classList.replace("pending", "broken");
      if (!words) return state.remove();
      Object.assign(state.dataset, { words, values: "{}" });
      translate(state);
    },
  };
}

function understood({ interpreted_question: question }) {
  if (!question) return null;
  return element("p", { class: "understood", testid: "interpreted-question" },
    element("span", { words: "understood" }), element("q", { lang: languageOf(question) }, question));
}

function answeredParts(answer) {
  return [
    lead(answer),
    entries(answer) ?? prose(answer),
    sources(answer),
    element("div", { class: "footing" }, confidence(answer), searched(answer), copyButton(answer)),
  ];
}

function unansweredParts(answer) {
  const nearest = answer.passages ?? [];
  return [
    element("p", { class: "prose", testid: "not-answered", lang: languageOf(answer.answer) }, answer.answer),
    nearest.length > 0 && element("section", { class: "nearest", testid: "nearest" },
      element("h3", {}, element("span", { words: "nearest" }), " ", element("small", { words: "nearestNote" })),
      passageList(nearest, { version: answer.index_version })),
  ];
}

/** The short answer, large, with what only rephrases it ("（US$10 million）") smaller beside it. */
function lead({ short_answer: short, answer }) {
  if (!short) return null;
  return element("p", { class: short.length > LONG ? "lead long" : "lead", lang: languageOf(short) },
    element("strong", { testid: "short-answer" }, short),
    aside(short, answer) && element("span", { class: "aside" }, aside(short, answer)));
}

/** aside("1000万美元", "1000万美元（US$10 million）。") → "（US$10 million）"; "" when more is said. */
function aside(short, answer) {
  if (!answer.startsWith(short)) return "";
  return /^\s*([（(][^（）()]*[)）])[。.]?\s*$/u.exec(answer.slice(short.length))?.[1] ?? "";
}

/** Several parties, each with what holds for it and the number of its source. */
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

/** The answer's text, unless the short answer or the first quote already says all of it. */
function prose({ short_answer: short, answer, citations }) {
  const bare = (text) => text.trim().replace(/[。.]$/u, "");
  const said = short && (bare(answer) === bare(short) || aside(short, answer) || answer.trim() === citations[0]?.quote.trim());
  if (said) return null;
  return element("p", { class: "prose", lang: languageOf(answer) }, emphasised(answer, short));
}

function sources({ citations, short_answer: short, index_version: version }) {
  return element("section", { class: "sources" },
    element("h3", { words: "sources" }),
    element("ol", {}, citations.map((citation, index) => element("li", {}, source(citation, { short, version, index })))));
}

function source(citation, { short, version, index }) {
  const heading = citation.heading && element("span", { class: "heading", lang: languageOf(citation.heading) }, citation.heading);
  return element("a", { class: "source", testid: "source", href: articleLink(citation, version) },
    element("span", { class: "number", "aria-hidden": "true" }, String(index + 1)),
    element("blockquote", { lang: languageOf(citation.quote) }, emphasised(citation.quote, short)),
    byline({ ...citation, title: citation.title || citation.article_id }, heading));
}

function confidence({ confidence: share }) {
  if (typeof share !== "number") return null;
  // 99% at most: rounding must not turn a probability into a promise.
  const percent = Math.min(99, Math.round(share * 100));
  return element("span", { class: "confidence", testid: "confidence", words: "confidence", values: { percent } });
}

function searched({ passages = [], citations, index_version: version }) {
  if (!passages.length) return null;
  const titles = new Map(citations.map((citation) => [citation.article_id, citation.title]));
  return element("details", { testid: "passages" },
    element("summary", { words: "passages", values: { count: passages.length } }),
    passageList(passages, { version, titles }));
}
