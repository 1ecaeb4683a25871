// Marks ranges within a piece of text. Ranges may overlap: the current one wins.

import { element } from "../core/dom.js";

/** Return the pieces of a text that lies at `at`, those within a range as `<mark>`. */
export function marked({ content, at }, spans) {
  const cited = spans.filter(({ isAnswer }) => !isAnswer);
  const answers = spans.filter(({ isAnswer }) => isAnswer);
  return pieces({ content, at }, cited).map(({ text, from, covering }) => (covering.length ? mark(text, from, { covering, cited, answers }) : text));
}

/** Cut a text where ranges begin and end: [{text, from, covering}]. */
function pieces({ content, at }, spans) {
  const edges = spans.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > at && edge < at + content.length);
  const cuts = [...new Set([at, ...edges, at + content.length])].sort((first, second) => first - second);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index];
    return { text: content.slice(from - at, to - at), from, covering: spans.filter((span) => span.from <= from && to <= span.to) };
  });
}

/** Mark a cited text, and in the current citation what answers. */
function mark(text, from, { covering, cited, answers }) {
  const isCurrent = covering.some((span) => span.isCurrent);
  const starting = cited.find((span) => span.from === from && span.number);
  const inner = isCurrent ? pieces({ content: text, at: from }, answers) : [{ text, covering: [] }];
  return element("mark", { testid: isCurrent ? "mark" : "other-mark", class: isCurrent ? "current" : null, "data-number": starting ? String(starting.number) : null },
    inner.map((piece) => (piece.covering.length ? element("mark", { class: "answer", testid: "answer-mark" }, piece.text) : piece.text)));
}
