// Converts offsets: the API counts Unicode code points, JavaScript UTF-16 units (😀 is 1 and 2).

/**
 * Convert code point offsets to UTF-16 indices, in the order given.
 *
 * utf16Positions("😀依据", [0, 1, 3]) → [0, 2, 4]; an offset beyond the end gives null.
 */
export function utf16Positions(text, offsets) {
  const indices = new Map();
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  let [index, count] = [0, 0];
  for (const offset of sorted) {
    while (count < offset && index < text.length) {
      index += text.codePointAt(index) > 0xffff ? 2 : 1;
      count += 1;
    }
    indices.set(offset, count === offset ? index : null);
  }
  return offsets.map((offset) => indices.get(offset));
}

/** Count the code points of a text: "😀依据" → 3. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
