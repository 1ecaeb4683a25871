// Copies text to the clipboard, over plain http as well, where browsers offer no clipboard to scripts.

import { allCitationsOf, writtenLines } from "../core/answers.js";
import { formatDate, message } from "../core/i18n.js";

/** Copy a text; return whether that worked. */
export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  return copySelected(text);
}

// The one way without a secure context: what is selected in a field is copied as if by hand.
function copySelected(text) {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "unseen";
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return isCopied;
}

/** Format an answer, what a model wrote beside it, then each numbered quote with its byline, as plain text. */
export function asPlainText(answer) {
  const said = answer.possible ?? answer;
  const written = writtenLines(answer, {
    mark: (_, number) => `[${number}]`, said: message("writtenBy"), translated: message("translatedBy"),
  });
  const quotes = allCitationsOf(answer).map(({ quote, title, source, published, url }, index) =>
    [`[${index + 1}] ${quote}`, [title, source, published && formatDate(published), url].filter(Boolean).join(" · ")].join("\n"));
  return [...new Set([answer.answer, said.answer])].concat(written, quotes).join("\n\n");
}
