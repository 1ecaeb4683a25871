// Marks ranges within a piece of text. Ranges may overlap: the current one wins.

import { element } from "../core/dom.js";

/** Return the pieces of a text that lies at `at`, those within a range as `<mark>`. */
export function marked({ content, at }, spans) {
  const near = spans.filter(({ from, to }) => from < at + content.length && at < to);
  if (!near.length) return [content];
  const edges = near.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > at && edge < at + content.length);
  const cuts = [...new Set([at, ...edges, at + content.length])].sort((first, second) => first - second);
  return cuts.slice(1).map((end, index) => piece(content, at, { from: cuts[index], to: end }, near));
}

function piece(content, at, { from, to }, spans) {
  const text = content.slice(from - at, to - at);
  const covering = spans.filter((span) => span.from <= from && to <= span.to);
  if (!covering.length) return text;
  const span = covering.find(({ isCurrent }) => isCurrent) ?? covering[0];
  const isStart = span.from === from;
  return element("mark", { testid: span.isCurrent ? "mark" : "other-mark", class: span.isCurrent ? "current" : null, "data-number": isStart && span.number ? String(span.number) : null }, text);
}
