// Answers and conversations as Markdown: quotes as block quotes, each with its source and link.

import { allCitationsOf, writtenLines } from "../core/answers.js";
import { formatDate, message } from "../core/i18n.js";
import { articleLink, questionLink } from "../core/routes.js";

/** Format a turn: the question as a heading, the answer, what a model wrote, each quote with its source. */
export function turnMarkdown({ question, answer }) {
  const heading = `## ${escaped(question)}`;
  if (!answer) return heading;
  const said = answer.possible ?? answer;
  const lead = answer.possible ? [`${message("possible")}: ${escaped(said.short_answer ?? said.answer)}`] : [];
  const text = answer.possible || said.citations.some(({ quote }) => quote === said.answer) ? [] : [lines(answer.answer)];
  const short = !answer.possible && answer.short_answer ? [`**${escaped(answer.short_answer)}**`] : [];
  const written = writtenLines(answer, {
    mark: (citation, number) => `[\\[${number}\\]](${absolute(articleLink(citation))})`,
    plain: lines, said: `*${message("writtenBy")}*`, translated: `*${message("translatedBy")}*`,
  }).map((paragraph) => paragraph.replace("\n", "\n\n"));
  const quotes = allCitationsOf(answer).map((citation, index) => quoted(citation, written.length ? index + 1 : null));
  return [heading, ...short, ...lead, ...text, ...written, ...quotes].join("\n\n");
}

/** Format a conversation as a document. */
export function conversationMarkdown({ title, updated, turns }) {
  const date = formatDate(new Date(updated).toISOString());
  return `${[`# ${escaped(title)}`, ...turns.map(turnMarkdown), `---\n${message("exportedFrom", { date })}`].join("\n\n")}\n`;
}

function quoted(citation, number) {
  const { quote, title, source, published } = citation;
  const parts = [source, published && formatDate(published)].filter(Boolean).map(escaped).join(" · ");
  const link = `[${escaped(title || citation.article_id)}](${absolute(articleLink(citation))})`;
  return `${lines(quote).replace(/^/gm, "> ")}\n>\n> — ${[number && `\\[${number}\\]`, link, parts].filter(Boolean).join(" · ")}`;
}

function absolute(path) {
  return new URL(path, location.href).href.replace(/[()]/g, encodeURIComponent);
}

/** Return the address that asks a question wherever it is opened. */
export function questionAddress(question) {
  return absolute(questionLink(question));
}

function lines(text) {
  return text.split("\n").map(escaped).join("\n");
}

// What would be markup is text here. Digits and dashes begin lists at the start of a line alone.
function escaped(text) {
  return text
    .replace(/[\\`*_[\]<>#|~&]/g, "\\$&")
    .replace(/^(\s*)([-+])(?=\s)/gm, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, "$1\\$2");
}
