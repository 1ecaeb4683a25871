// Building the page out of elements. Data only ever becomes text: nothing here parses markup.

/**
 * An element with its attributes and children.
 *
 * `words` and `values` name an interface text (see language.js), `testid` the hook for tests,
 * an `on…` function listens. A child that is null or false is left out.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

function set(made, name, value) {
  if (value == null || value === false) return;
  if (typeof value === "function") made.addEventListener(name.slice(2), value);
  else if (name === "words") made.dataset.words = value;
  else if (name === "values") made.dataset.values = JSON.stringify(value);
  else if (name === "testid") made.dataset.testid = value;
  else made.setAttribute(name, value === true ? "" : value);
}

/**
 * The text in pieces, every occurrence of `needle` in a `<mark>`.
 *
 * Numbers and Latin words count only where they stand whole: "10" is not found in "2010".
 */
export function emphasised(text, needle) {
  if (!needle) return [text];
  return text
    .split(wholly(needle))
    .map((piece, index) => (index % 2 ? element("mark", {}, piece) : piece))
    .filter((piece) => piece !== "");
}

function wholly(needle) {
  const escaped = needle.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const before = /^\d/.test(needle) ? "(?<!\\d|\\d[.,])" : /^\p{Script=Latin}/u.test(needle) ? "(?<!\\p{Script=Latin})" : "";
  const after = /\d$/.test(needle) ? "(?!\\d|[.,]\\d)" : /\p{Script=Latin}$/u.test(needle) ? "(?!\\p{Script=Latin})" : "";
  return new RegExp(`${before}(${escaped})${after}`, "u");
}

/** The language attribute for a text of unknown language: "今天" → "zh", "today" → "en". */
export function languageOf(text) {
  if (/[\u3040-\u30ff]/u.test(text)) return "ja";
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}

/** The address as something safe to link to, or null: only http and https count. */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
