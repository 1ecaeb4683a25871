// An article in the list: title, byline, the places where the words sought are, what can be done with it.

import { byline } from "../core/byline.js";
import { element, iconButton, languageOf } from "../core/dom.js";
import { utf16Positions } from "../core/offsets.js";
import { articleLink } from "../core/routes.js";

/** Render a listed article; `ask()` asks it alone, `remove()` deletes it. */
export function articleRow(article, { ask, remove }) {
  const { id, title, source, author, published, characters, snippets = [] } = article;
  const length = element("span", { i18n: "characterCount", values: { count: characters } });
  return element("li", { testid: "article-row" },
    element("div", { class: "article-row" },
      element("a", { class: "title", href: articleLink({ article_id: id }), testid: "article-link", lang: languageOf(title || id), dir: "auto" }, title || id),
      byline({ source, author, published }, length),
      snippets.map((snippet) => snippetLink(article, snippet))),
    element("div", { class: "actions" },
      iconButton("ask", "askArticle", { testid: "ask-article", onclick: ask }),
      iconButton("trash", "deleteArticle", { testid: "delete-article", onclick: remove })));
}

function snippetLink({ id, digest }, { start, end, text, marks }) {
  const [first = [start, end]] = marks;
  const link = articleLink({ article_id: id, start: first[0], end: first[1], digest });
  return element("a", { class: "snippet", href: link, testid: "snippet", lang: languageOf(text), dir: "auto" }, markedPieces(text, start, marks));
}

function markedPieces(text, start, marks) {
  const edges = utf16Positions(text, marks.flat().map((offset) => offset - start));
  const pieces = [];
  let done = 0;
  for (let index = 0; index < edges.length; index += 2) {
    const [from, to] = [edges[index], edges[index + 1]];
    pieces.push(text.slice(done, from), element("mark", {}, text.slice(from, to)));
    done = to;
  }
  return [...pieces, text.slice(done)].filter((piece) => piece !== "");
}
