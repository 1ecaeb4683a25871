// Small settings kept in this browser. With storage switched off even reading throws: a setting then
// lasts for this visit, which the page can live with.

const PREFIX = "yiju.";
const visit = new Map();

/** Return the setting of that name, or null. */
export function stored(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? visit.get(name) ?? null;
  } catch {
    return visit.get(name) ?? null;
  }
}

/** Keep a setting. */
export function store(name, value) {
  visit.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // `visit` has it.
  }
}
