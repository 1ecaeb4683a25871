// Builds elements. Data becomes text nodes and attributes only: nothing here parses markup.

import { icon } from "./icons.js";

/**
 * Create an element with attributes and children.
 *
 * `i18n` is the key of an interface message, `label` and `tip` those of its label and tooltip, `values`
 * their placeholders (see i18n.js), `testid` the hook for tests; a function under `on…` is added as a
 * listener. Null and false children are skipped.
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

function setAttribute(node, name, value) {
  if (value == null || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (name === "i18n") node.dataset.i18n = value;
  else if (name === "label") node.dataset.i18nLabel = value;
  else if (name === "tip") node.dataset.i18nTitle = value;
  else if (name === "values") node.dataset.i18nValues = JSON.stringify(value);
  else if (name === "testid") node.dataset.testid = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** Create a button with an icon alone, whose label and tooltip is the message of that key. */
export function iconButton(name, label, attributes = {}) {
  return element("button", { type: "button", class: "icon-button", label, tip: label, ...attributes }, icon(name));
}

/**
 * Split a text into pieces, every occurrence of `needle` inside a `<mark>`.
 *
 * Numbers and Latin words match as a whole only: "10" does not match in "2010".
 */
export function highlighted(text, needle) {
  if (!needle) return [text];
  return text
    .split(wholeWord(needle))
    .map((piece, index) => (index % 2 ? element("mark", {}, piece) : piece))
    .filter((piece) => piece !== "");
}

function wholeWord(needle) {
  const escaped = needle.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const before = /^\d/.test(needle) ? "(?<!\\d|\\d[.,])" : /^\p{Script=Latin}/u.test(needle) ? "(?<!\\p{Script=Latin})" : "";
  const after = /\d$/.test(needle) ? "(?!\\d|[.,]\\d)" : /\p{Script=Latin}$/u.test(needle) ? "(?!\\p{Script=Latin})" : "";
  return new RegExp(`${before}(${escaped})${after}`, "u");
}

/** Guess the `lang` attribute of a text: "今天" → "zh", "today" → "en". */
export function languageOf(text) {
  if (/[\u3040-\u30ff]/u.test(text)) return "ja";
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}

/** Return the address if it is safe to link to (http or https), else null. */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
