// Renders an article's text as paragraphs, headings and tables, with ranges of it marked.
//
// All positions are offsets into the text as stored; no word of it is added or lost.

import { element, languageOf } from "../core/dom.js";
import { utf16Positions } from "../core/offsets.js";
import { tableElement, tablesAt } from "./article_table.js";
import { marked } from "./marks.js";

/**
 * Render the text of an article.
 *
 * `ranges` are [{start, end, number, isCurrent}] in code points: those to mark, the current one
 * stronger. `isKnown(line)` tells whether a line only repeats what the page shows above the text.
 */
export function articleText({ title, text, sections = [], tables = [] }, { ranges, isKnown }) {
  const spans = rangesIn(text, ranges);
  const starts = utf16Positions(text, sections.map((section) => section.start));
  const headings = new Map(sections.map((section, index) => [starts[index], section.title]));
  const lines = linesOf(text);
  const loose = lines.some((line) => line.afterBlank);
  const drawn = tablesAt(text, tables);
  const blocks = [];
  for (const [index, line] of lines.entries()) {
    const table = drawn.find(({ from, to }) => from <= line.at && line.at < to);
    if (table) {
      if (table.from >= line.from) blocks.push(tableElement(table, spans));
      continue;
    }
    if (index > 0 && index < 4 && isKnown(line.content) && !isMarked(line, spans)) continue;
    blocks.push(...block(line, { spans, headings, loose, title: index === 0 ? title : null }));
  }
  return blocks;
}

/** Convert ranges to UTF-16; one that isn't in the text is left out. */
function rangesIn(text, ranges) {
  const positions = utf16Positions(text, ranges.flatMap(({ start, end }) => [start, end]));
  return ranges
    .map((range, index) => ({ ...range, from: positions[2 * index], to: positions[2 * index + 1] }))
    .filter(({ from, to }) => from != null && to != null && from < to);
}

function isMarked({ at, content }, spans) {
  return spans.some(({ from, to }) => from < at + content.length && at < to);
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

function block(line, { spans, headings, loose, title }) {
  const pieces = marked(line, spans);
  const lang = languageOf(line.content);
  const attributes = { lang, dir: "auto" };
  if (title && line.content.trim() === title.trim()) return [element("h1", { ...attributes, tabindex: "-1" }, pieces)];
  const heading = headingAt(line, headings);
  if (heading == null) {
    // Where blank lines separate an article's paragraphs, the lines within one are set close.
    return [element("p", { ...attributes, class: loose && !line.afterBlank ? "close" : null }, pieces)];
  }
  if (isHeading(line.content, heading)) return [element("h2", attributes, pieces)];
  return [element("h2", { lang: languageOf(heading), class: "added" }, heading), element("p", attributes, pieces)];
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
