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

/** The text in pieces, every occurrence of `needle` in a `<mark>`. */
export function emphasised(text, needle) {
  if (!needle || !text.includes(needle)) return [text];
  return text
    .split(needle)
    .flatMap((piece, index) => (index ? [element("mark", {}, needle), piece] : [piece]))
    .filter((piece) => piece !== "");
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
