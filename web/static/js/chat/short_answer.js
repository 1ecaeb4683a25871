// The short answer, large; an amount in the reader's language first, as the article has it beside it.

import { element, languageOf } from "../core/dom.js";

// A longer one is no headline: the mark in the quote shows it.
const LONG = 24;

/** Render the short answer of a reply to `question`, or null if there is none. */
export function lead({ short_answer: short, answer, citations }, question) {
  if (!short) return null;
  const converted = convertedForm(short, answer, citations);
  const isForeign = converted && languageOf(question) !== languageOf(short);
  const [first, second] = isForeign ? [converted, short] : [short, converted && `（${converted}）`];
  return element("p", { class: [...first].length > LONG ? "lead long" : "lead", lang: languageOf(first), dir: "auto" },
    element("strong", { testid: "short-answer" }, first),
    second && element("span", { class: "aside", lang: languageOf(second) }, second));
}

/**
 * Return the other form of an amount that was computed and put in brackets behind it, or null.
 *
 * "投资1000万美元（US$10 million），" of the quote "投资1000万美元，" → "US$10 million".
 */
export function convertedForm(short, answer, citations) {
  const at = answer.indexOf(short);
  const inBrackets = at < 0 ? null : /^\s*[（(]([^（）()]+)[)）]/u.exec(answer.slice(at + short.length));
  if (!inBrackets || citations.some(({ quote }) => quote.includes(short + inBrackets[0]))) return null;
  return inBrackets[1];
}

/** Tell whether a text says no more than the short answer and its other form. */
export function isShortAlone(text, short, citations) {
  if (!short || !text.startsWith(short)) return false;
  const converted = convertedForm(short, text, citations);
  const rest = text.slice(short.length).replace(converted ?? "", "");
  return /^[\s（()）。.]*$/u.test(rest);
}
