// The answers about several parties as a table, with bars under figures of one unit.

import { element, languageOf } from "../core/dom.js";
import { articleLink } from "../core/routes.js";

const FACTORS = { 万亿: 1e12, 萬億: 1e12, 亿: 1e8, 億: 1e8, 万: 1e4, 萬: 1e4, 千: 1e3, trillion: 1e12, billion: 1e9, million: 1e6, thousand: 1e3 };
const FIGURE = new RegExp(`^\\D{0,4}?([\\d,]+(?:\\.\\d+)?)\\s*(${Object.keys(FACTORS).join("|")})?\\s*(\\D*)$`, "u");

/** Render the entries of an answer; `place` is {version, conversation, turn}. Null if there are none. */
export function entriesTable({ entries = [], citations }, place) {
  if (!entries.length) return null;
  const shares = sharesOf(entries.map((entry) => entry.short_answer));
  return element("table", { class: "entries", testid: "entries" },
    element("tbody", {}, entries.map((entry, index) => row(entry, { share: shares?.[index], citations, place }))));
}

function row(entry, { share, citations, place }) {
  const text = entry.short_answer ?? entry.answer;
  const bar = share != null && element("meter", { min: "0", max: "1", value: String(share), "aria-hidden": "true" });
  return element("tr", {},
    element("th", { scope: "row", lang: languageOf(entry.party) }, entry.party),
    element("td", { lang: languageOf(text) },
      element("span", { class: entry.short_answer ? "figure" : null }, text), sourceMark(entry.citation, citations, place), bar));
}

function sourceMark(number, citations, place) {
  if (number === null) return null;
  return element("a", { class: "number", href: articleLink(citations[number], place) }, String(number + 1));
}

/** Return each figure's share of the largest, or null unless all are figures of one unit: ["3亿元", "1亿元"] → [1, 0.33…]. */
export function sharesOf(texts) {
  const figures = texts.map(figureOf);
  if (figures.length < 2 || figures.some((figure) => figure === null)) return null;
  if (new Set(figures.map(({ unit }) => unit)).size > 1) return null;
  const most = Math.max(...figures.map(({ value }) => value));
  return most > 0 ? figures.map(({ value }) => value / most) : null;
}

function figureOf(text) {
  const parts = FIGURE.exec((text ?? "").trim());
  if (!parts) return null;
  const [, digits, factor, unit] = parts;
  // A year has no length.
  if (/^年|^$/u.test(unit) && !factor) return null;
  return { value: Number(digits.replaceAll(",", "")) * (FACTORS[factor] ?? 1), unit: unit.trim() };
}
