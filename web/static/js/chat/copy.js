// Copies an answer with its sources to the clipboard.

import { element } from "../core/dom.js";
import { setMessage } from "../core/i18n.js";

const FEEDBACK_MS = 2000;

/** Render the copy button, or null: browsers offer the clipboard to https and localhost alone. */
export function copyButton(answer) {
  if (!navigator.clipboard) return null;
  const button = element("button", { type: "button", class: "quiet copy", testid: "copy", i18n: "copy" });
  button.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(asPlainText(answer)).then(() => true, () => false);
    setMessage(button, isCopied ? "copied" : "uncopied");
    setTimeout(() => setMessage(button, "copy"), FEEDBACK_MS);
  });
  return button;
}

/** Format the answer, then each numbered quote with its byline, as plain text. */
export function asPlainText({ answer, citations }) {
  const quotes = citations.map(({ quote, title, source, published, url }, index) =>
    [`[${index + 1}] ${quote}`, [title, source, published, url].filter(Boolean).join(" · ")].join("\n"));
  return [answer, ...quotes].join("\n\n");
}
