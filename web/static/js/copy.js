// Copying an answer together with its sources.

import { element } from "./dom.js";
import { translate } from "./i18n.js";

const SHOWN_MS = 2000;

/** The button under an answer, or null: browsers lend the clipboard only to https and localhost. */
export function copyButton(answer) {
  if (!navigator.clipboard) return null;
  const button = element("button", { type: "button", class: "quiet copy", testid: "copy", words: "copy" });
  button.addEventListener("click", async () => {
    const copied = await navigator.clipboard.writeText(asPlainText(answer)).then(() => true, () => false);
    retext(button, copied ? "copied" : "uncopied");
    setTimeout(() => retext(button, "copy"), SHOWN_MS);
  });
  return button;
}

/** The answer, then each quote with where it stands, as lines of text. */
export function asPlainText({ answer, citations }) {
  const quotes = citations.map(({ quote, title, source, published, url }, index) =>
    [`[${index + 1}] ${quote}`, [title, source, published, url].filter(Boolean).join(" · ")].join("\n"));
  return [answer, ...quotes].join("\n\n");
}

function retext(button, words) {
  button.dataset.words = words;
  translate(button);
}
