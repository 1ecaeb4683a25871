// Confidence in words: three steps, with the figure for who wants it.

import { element } from "../core/dom.js";

const SURE = 0.85;

/** Return the level of an answer: 3 sure, 2 fairly sure, 1 not sure. */
function level({ answered, confidence }) {
  if (!answered) return 1;
  return confidence >= SURE ? 3 : 2;
}

/** Return the key of the message that says how sure an answer is. */
export function confidenceKey(answer) {
  return ["unsure", "fairlySure", "sure"][level(answer) - 1];
}

/** Render how sure an answer is, as words beside three bars. */
export function confidenceMark(answer) {
  const steps = [1, 2, 3].map((step) => element("i", { class: step <= level(answer) ? "full" : null }));
  return element("span", { class: "confidence", testid: "confidence", "data-level": level(answer) },
    element("span", { class: "steps", "aria-hidden": "true" }, steps), element("span", { i18n: confidenceKey(answer) }));
}

/** Return a probability as whole percents: 99 at most, since rounding must not make it a promise. */
export function percentOf(probability) {
  return Math.min(99, Math.round(probability * 100));
}
