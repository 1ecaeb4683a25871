// Renders the text of an answer: paragraphs, and lists where lines begin with "- " or "1. ".

import { element, highlighted, languageOf } from "../core/dom.js";

const BULLET = /^[-•]\s+/;
const NUMBER = /^\d+[.、]\s*/;

/** Render a text with every occurrence of `needle` marked. */
export function textBlocks(text, needle = null) {
  const blocks = [];
  for (const line of text.split("\n").filter((content) => content.trim())) {
    const tag = BULLET.test(line) ? "ul" : NUMBER.test(line) ? "ol" : "p";
    const content = highlighted(line.replace(tag === "ul" ? BULLET : tag === "ol" ? NUMBER : "", ""), needle);
    const last = blocks.at(-1);
    const lang = languageOf(line);
    if (tag === "p") blocks.push(element("p", { lang, dir: "auto" }, content));
    else if (last?.tagName.toLowerCase() === tag) last.append(element("li", { lang, dir: "auto" }, content));
    else blocks.push(element(tag, { class: "bullets" }, element("li", { lang, dir: "auto" }, content)));
  }
  return element("div", { class: "prose" }, blocks);
}
