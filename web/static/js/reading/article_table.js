// Draws the tables of an article from the ranges of their cells.

import { element, languageOf } from "../core/dom.js";
import { utf16Positions } from "../core/offsets.js";
import { marked } from "./marks.js";

/** Return the tables of a text with their ranges in UTF-16: [{from, to, rows}]. */
export function tablesAt(text, tables) {
  return tables.map(({ start, end, cells }) => {
    const [from, to, ...edges] = utf16Positions(text, [start, end, ...cells.flatMap((cell) => [cell.start, cell.end])]);
    const placed = cells.map((cell, index) => ({ ...cell, from: edges[2 * index], to: edges[2 * index + 1] }));
    return { from, to, rows: rowsOf(placed, text) };
  });
}

function rowsOf(cells, text) {
  const rows = new Map();
  for (const cell of cells) {
    const content = cell.text ?? text.slice(cell.from, cell.to);
    rows.set(cell.row, [...(rows.get(cell.row) ?? []), { ...cell, content }]);
  }
  return [...rows].sort(([first], [second]) => first - second)
    .map(([, row]) => row.sort((first, second) => first.column - second.column));
}

/** Draw a table; cells that a marked range overlaps are marked. */
export function tableElement({ rows }, spans) {
  return element("div", { class: "table", tabindex: "0", role: "group" },
    element("table", {}, element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell) => cellElement(cell, spans)))))));
}

function cellElement(cell, spans) {
  const attributes = {
    rowspan: cell.rows > 1 ? String(cell.rows) : null, colspan: cell.columns > 1 ? String(cell.columns) : null,
    lang: languageOf(cell.content), dir: "auto", class: /^[\s\d.,%+−-]+$/u.test(cell.content) ? "figure" : null,
  };
  const isOwn = cell.text == null; // else its words are elsewhere in the text, too
  return element(cell.header ? "th" : "td", attributes, isOwn ? marked({ content: cell.content, at: cell.from }, spans) : cell.content);
}
