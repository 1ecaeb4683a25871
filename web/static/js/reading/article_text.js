// Renders an article's text as paragraphs and headings, with a range of it marked.
//
// All positions are offsets into the text as stored; no character of it is added or lost.

import { element, languageOf } from "../core/dom.js";
import { utf16Positions } from "../core/offsets.js";

/** Render the text. `start` and `end` (code points, or null) are the range to mark. */
export function articleText({ title, text, sections }, { start, end }) {
  const [from, to, ...starts] = utf16Positions(text, [start ?? 0, end ?? 0, ...sections.map((section) => section.start)]);
  const isWithin = start != null && from != null && to != null;
  const range = isWithin ? { from, to } : { from: -1, to: -1 };
  const headings = new Map(sections.map((section, index) => [starts[index], section.title]));
  const lines = linesOf(text);
  const loose = lines.some((line) => line.afterBlank);
  return lines.flatMap((line, index) => block(line, { range, headings, loose, title: index === 0 ? title : null }));
}

/**
 * Split into lines that aren't blank. `at` is a line's offset, `from` that of the blank lines before it.
 *
 * "依据\n\n问" → 依据 at 0 from 0; 问 at 4 from 3, after a blank line.
 */
function linesOf(text) {
  const lines = [];
  let [afterBlank, from] = [false, 0];
  for (const { 0: line, index: at } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const content = line.replace(/[\r\n]+$/, "");
    if (content.trim()) {
      lines.push({ content, at, from, afterBlank });
      from = at + line.length;
    }
    afterBlank = !content.trim() && lines.length > 0;
  }
  return lines;
}

function block(line, { range, headings, loose, title }) {
  const pieces = marked(line, range);
  const lang = languageOf(line.content);
  if (title && line.content.trim() === title.trim()) return [element("h1", { lang, tabindex: "-1" }, pieces)];
  const heading = headingAt(line, headings);
  if (heading == null) {
    // Where blank lines separate an article's paragraphs, the lines within one are set close.
    return [element("p", { lang, class: loose && !line.afterBlank ? "close" : null }, pieces)];
  }
  if (isHeading(line.content, heading)) return [element("h2", { lang }, pieces)];
  return [element("h2", { lang: languageOf(heading), class: "added" }, heading), element("p", { lang }, pieces)];
}

function headingAt({ at, from, content }, headings) {
  for (const [start, title] of headings) {
    if (start >= from && start < at + content.length) return title;
  }
  return null;
}

/** Tell whether a line is the heading itself, with markup or a number at most: "## 背景" for "背景". */
function isHeading(content, heading) {
  return content.includes(heading) && content.trim().length <= heading.length + 12;
}

/** Return a line's text with the part that lies in the range inside a `<mark>`. */
function marked({ content, at }, { from, to }) {
  const [start, end] = [Math.max(from - at, 0), Math.min(to - at, content.length)];
  if (to <= at || start >= end) return [content];
  const mark = element("mark", { testid: "mark" }, content.slice(start, end));
  return [content.slice(0, start), mark, content.slice(end)].filter((piece) => piece !== "");
}
