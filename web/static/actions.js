// What a reader may do with an answer: copy it with its sources, and say whether it helped.

import { element } from "./dom.js";
import { translate } from "./language.js";

const COPIED_MS = 2000;

/** The buttons under an answer. */
export function actions(answer) {
  return element("span", { class: "actions" }, copyButton(answer), feedback(answer));
}

// Browsers lend the clipboard only to pages from https or this machine.
function copyButton(answer) {
  if (!answer.answered || !navigator.clipboard) return null;
  const button = element("button", { type: "button", class: "quiet", testid: "copy", words: "copy" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(asPlainText(answer));
    retext(button, "copied");
    setTimeout(() => retext(button, "copy"), COPIED_MS);
  });
  return button;
}

/** The answer, then each quote with where it stands, as lines of text. */
export function asPlainText({ answer, citations }) {
  const quotes = citations.map(({ quote, title, source, published, url }, index) =>
    [`[${index + 1}] ${quote}`, [title, source, published, url].filter(Boolean).join(" · ")].join("\n"));
  return [answer, ...quotes].join("\n\n");
}

function feedback({ id }) {
  if (!id) return null;
  const place = element("span", { class: "feedback", role: "group" });
  const button = (words, helpful) =>
    element("button", { type: "button", class: "quiet", testid: words, words, onclick: () => send(id, helpful, place) });
  place.append(button("helpful", true), button("unhelpful", false));
  return place;
}

async function send(id, helpful, place) {
  const sent = await fetch("/api/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ answer_id: id, helpful }),
  }).catch(() => ({ ok: false }));
  const told = element("span", { role: "status", tabindex: "-1", words: sent.ok ? "thanks" : "unsaved" });
  if (sent.ok) place.replaceChildren(translate(told));
  else place.append(translate(told));
  told.focus();
}

function retext(button, words) {
  button.dataset.words = words;
  translate(button);
}
