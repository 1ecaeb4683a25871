// The part of a passage that has most to do with a question.

const LENGTH = 150; // characters
const SENTENCE = /[^。！？!?\n]+[。！？!?\n]*/gu;

/** Return the passage from the sentence on that shares most with the question, with "…" if that isn't the first. */
export function excerpt(text, question) {
  const sentences = text.match(SENTENCE) ?? [text];
  const asked = pairs(question);
  const scores = sentences.map((sentence) => [...pairs(sentence)].filter((pair) => asked.has(pair)).length);
  const best = scores.indexOf(Math.max(...scores));
  const rest = sentences.slice(best).join("").trim();
  return (best > 0 ? "…" : "") + ([...rest].length > LENGTH ? `${[...rest].slice(0, LENGTH).join("")}…` : rest);
}

/** Return the pairs of neighbouring characters, or of Latin words each: "大桥多长" → {大桥, 桥多, 多长}. */
function pairs(text) {
  const words = text.toLowerCase().match(/[\p{Script=Latin}\d.]+|\p{Script=Han}+/gu) ?? [];
  return new Set(words.flatMap((word) =>
    /\p{Script=Han}/u.test(word) ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)) : [word]));
}
