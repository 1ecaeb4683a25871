// The article view: one article, opened at the cited range, with the answer's other citations.

import { getArticle } from "../core/api.js";
import { byline } from "../core/byline.js";
import { copyText } from "../chat/copying.js";
import { element, iconButton, languageOf, webAddress } from "../core/dom.js";
import { errorNotice } from "../core/errors.js";
import { translate } from "../core/i18n.js";
import { icon } from "../core/icons.js";
import { codePoints } from "../core/offsets.js";
import { articleLink } from "../core/routes.js";
import { toast } from "../core/toast.js";
import { articleText } from "./article_text.js";
import { CitationSteps } from "./citation_steps.js";
import { ticks } from "./ticks.js";

let opening = null;

/**
 * Show the article of a route in `view`.
 *
 * `back` is {href, key}, target and message of the way back; `citations` those of the answer that led
 * here, each with the short `answers` that it is the source of.
 */
export async function showArticle(view, route, { back, citations = [], askWithin }) {
  opening?.abort();
  opening = new AbortController();
  const { signal } = opening;
  const fill = (...parts) => view.replaceChildren(translate(element("div", { class: "scroller" }, ...parts)));
  fill(backBar(back), element("p", { class: "state column", role: "status", i18n: "loading" }));
  try {
    const { article, isChanged } = await fetchArticle(route, signal);
    const ranges = rangesOf(route, citations);
    const body = articleBody(article, route, { ranges, isChanged });
    const steps = new CitationSteps(body, ranges, citations, route);
    fill(readingBar(article, route, { back, steps, askWithin }), body);
    document.title = `${article.title || article.id} · 依据`;
    steps.start();
    view.append(ticks(view.firstElementChild));
  } catch (error) {
    if (signal.aborted) return;
    const key = error.status === 404 ? "missing" : undefined;
    const retry = () => showArticle(view, route, { back, citations, askWithin });
    fill(backBar(back), element("div", { class: "column" }, errorNotice(error, { key, retry })));
  }
}

/** Stop loading the article: the reader has left the view. */
export function abandonArticle() {
  opening?.abort();
}

/**
 * Fetch the article as it is now if its text is the one that was cited, else as of the index version
 * of the answer; changed is one whose cited text is no longer kept.
 */
async function fetchArticle({ id, digest, version }, signal) {
  const now = await getArticle(id, { signal }).catch((error) => {
    if (error.status === 404 && version) return null; // deleted since, but perhaps still kept
    throw error;
  });
  if (now && (!digest || now.digest === digest) && (digest || !version)) return { article: now, isChanged: false };
  if (!version) return { article: now, isChanged: true };
  try {
    return { article: await getArticle(id, { version, signal }), isChanged: false };
  } catch (error) {
    if (!now || ![404, 410, 422].includes(error.status)) throw error;
    return { article: now, isChanged: digest ? now.digest !== digest : true };
  }
}

/** Return the ranges to mark: the route's, what answers in it, and the answer's other citations of this article. */
function rangesOf({ id, start, end }, citations) {
  const own = citations.map((citation, index) => ({ ...citation, number: citations.length > 1 ? index + 1 : null }))
    .filter((citation) => citation.article_id === id)
    .map((citation) => ({ ...citation, isCurrent: citation.start === start && citation.end === end }));
  const current = own.find(({ isCurrent }) => isCurrent);
  if (start == null) return own;
  return current ? [...own, ...answersIn(current)] : [{ start, end, number: null, isCurrent: true }, ...own];
}

/** Return where a citation's quote has the short answers that it is the source of. */
function answersIn({ start, quote, answers }) {
  return answers.map((answer) => [quote.indexOf(answer), answer]).filter(([at]) => at >= 0).map(([at, answer]) => {
    const from = start + codePoints(quote.slice(0, at));
    return { start: from, end: from + codePoints(answer), number: null, isCurrent: true, isAnswer: true };
  });
}

function backBar(back) {
  return element("div", { class: "reading-bar" }, backLink(back));
}

function backLink({ href, key }) {
  return element("a", { class: "back", href, testid: "back", label: key, tip: key }, icon("back"), element("span", { i18n: key }));
}

function readingBar(article, route, { back, steps, askWithin }) {
  const address = webAddress(article.url);
  return element("div", { class: "reading-bar" },
    backLink(back),
    element("span", { class: "bar-title", "aria-hidden": "true" }, article.title || article.id),
    steps.bar,
    askWithin && iconButton("ask", "askArticle", { testid: "ask-article", onclick: () => askWithin({ id: article.id, title: article.title }) }),
    iconButton("link", "copyLink", { testid: "copy-article-link", onclick: () => copyLink(article, route) }),
    address && element("a", { class: "icon-button", href: address, target: "_blank", rel: "noopener noreferrer", label: "original", tip: "original" }, icon("external")),
    element("a", { class: "icon-button", href: back.href, testid: "close-article", label: "close", tip: "close" }, icon("close")));
}

/** Copy a link that holds as long as the article's text is the same, whoever opens it. */
async function copyLink({ id, digest }, { start, end }) {
  const link = articleLink({ article_id: id, start, end, digest });
  toast((await copyText(new URL(link, location.href).href)) ? "copied" : "uncopied");
}

function articleBody(article, route, { ranges, isChanged }) {
  const body = articleText(article, { ranges, isKnown: (line) => isRepeated(line, article) });
  const titled = body[0]?.tagName === "H1" ? body.shift() : titleOf(article);
  const isMarked = [titled, ...body].some((block) => block.querySelector("mark"));
  const warning = isChanged ? "changed" : route.start != null && !isMarked && "outside";
  return element("div", { class: "column reading-column" },
    outline(body),
    warning && element("p", { class: "notice", role: "status", testid: "changed", i18n: warning }),
    element("article", { class: "reading", testid: "article", "data-id": article.id },
      element("header", {}, titled, articleByline(article)),
      ...body,
      removed(article.removed ?? [])));
}

/** The headings, beside the text where there is room. */
function outline(blocks) {
  const headings = blocks.filter((block) => block.tagName === "H2");
  if (headings.length < 2) return null;
  const item = (heading) => element("li", {},
    element("button", { type: "button", class: "link", lang: heading.lang, onclick: () => heading.scrollIntoView({ block: "start" }) }, heading.textContent));
  return element("nav", { class: "outline", testid: "outline", label: "outline" }, element("ul", {}, headings.map(item)));
}

function titleOf({ id, title }) {
  return element("h1", { tabindex: "-1", lang: languageOf(title || id), dir: "auto" }, title || id);
}

function articleByline({ source, author, published, url }) {
  const address = webAddress(url);
  const link = address && element("a", { href: address, target: "_blank", rel: "noopener noreferrer", i18n: "original" });
  const plain = url && !address && element("span", {}, url);
  return byline({ source, author, published }, link || plain || null);
}

/** Tell whether a line says nothing but the source and date that are shown above the text. */
function isRepeated(line, { source, author, published }) {
  const [year, month, day] = (published ?? "").split("-");
  const dates = [published, month && `${year}年${Number(month)}月${day ? `${Number(day)}日` : ""}`, published?.replaceAll("-", "/"), published?.replaceAll("-", ".")];
  let rest = line;
  for (const known of [source, author, ...dates].filter(Boolean)) rest = rest.replace(known, "");
  return rest.length < line.length && /^(来源|來源|作者|发布时间|[\s:：|·,，])*$/u.test(rest);
}

function removed(pieces) {
  if (!pieces.length) return null;
  return element("details", { class: "removed", testid: "removed" },
    element("summary", { i18n: "removed", values: { count: pieces.length } }),
    element("ul", {}, pieces.map(({ text }) => element("li", { lang: languageOf(text), dir: "auto" }, text))));
}
