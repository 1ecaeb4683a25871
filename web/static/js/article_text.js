// An article's text as paragraphs and headings, with a range of it marked.
//
// Everything is found by offsets into the text as it is stored; no character is added or lost.

import { element, languageOf } from "./dom.js";
import { utf16Positions } from "./offsets.js";

/** The text's elements. `start` and `end` (code points, or null) are the range to mark. */
export function articleText({ title, text, sections }, { start, end }) {
  const [from, to, ...starts] = utf16Positions(text, [start ?? 0, end ?? 0, ...sections.map((each) => each.start)]);
  const isWithin = start != null && from != null && to != null;
  const range = isWithin ? { from, to } : { from: -1, to: -1 };
  const headings = new Map(sections.map((section, index) => [starts[index], section.title]));
  const lines = linesOf(text);
  const loose = lines.some((line) => line.afterBlank);
  return lines.flatMap((line, index) => block(line, { range, headings, loose, title: index === 0 ? title : null }));
}

/**
 * Lines that hold something, with where they stand, blank lines before them included.
 *
 * "依据\n\n问" → 依据 at 0 from 0, 问 at 4 from 3, after a blank.
 */
function linesOf(text) {
  const lines = [];
  let [afterBlank, from] = [false, 0];
  for (const { 0: line, index: at } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const words = line.replace(/[\r\n]+$/, "");
    if (words.trim()) {
      lines.push({ words, at, from, afterBlank });
      from = at + line.length;
    }
    afterBlank = !words.trim() && lines.length > 0;
  }
  return lines;
}

function block(line, { range, headings, loose, title }) {
  const pieces = marked(line, range);
  const lang = languageOf(line.words);
  if (title && line.words.trim() === title.trim()) return [element("h1", { lang, tabindex: "-1" }, pieces)];
  const heading = headingAt(line, headings);
  if (heading == null) {
    // Lines of one paragraph stand close, where the article parts its paragraphs by blank lines.
    return [element("p", { lang, class: loose && !line.afterBlank ? "close" : null }, pieces)];
  }
  if (isHeading(line.words, heading)) return [element("h2", { lang }, pieces)];
  return [element("h2", { lang: languageOf(heading), class: "added" }, heading), element("p", { lang }, pieces)];
}

function headingAt({ at, from, words }, headings) {
  for (const [start, title] of headings) {
    if (start >= from && start < at + words.length) return title;
  }
  return null;
}

/** Whether a line is the heading itself, give or take a mark or a number: "## 背景" for "背景". */
function isHeading(words, heading) {
  return words.includes(heading) && words.trim().length <= heading.length + 12;
}

/** A line's text, the part of it that lies in the range in a `<mark>`. */
function marked({ words, at }, { from, to }) {
  const [start, end] = [Math.max(from - at, 0), Math.min(to - at, words.length)];
  if (to <= at || start >= end) return [words];
  const mark = element("mark", { testid: "mark" }, words.slice(start, end));
  return [words.slice(0, start), mark, words.slice(end)].filter((piece) => piece !== "");
}
