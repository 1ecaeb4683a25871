// The owner's page: questions that found no sure answer, and answers that did not help.

import { getJson, sendJson } from "../core/api.js";
import { element, iconButton, languageOf } from "../core/dom.js";
import { errorNotice, toRequestError } from "../core/errors.js";
import { formatAgo, translate } from "../core/i18n.js";
import { articleLink, questionLink } from "../core/routes.js";
import { toast } from "../core/toast.js";
import { evidence } from "../chat/evidence.js";

/** The questions in `view`. */
export class Unanswered {
  constructor(view) {
    this.results = element("div", { "aria-live": "polite" });
    view.replaceChildren(translate(element("div", { class: "scroller" },
      element("div", { class: "column" },
        element("h1", { i18n: "unansweredTitle", tabindex: "-1" }),
        element("p", { class: "detail", i18n: "unansweredNote" }),
        this.results))));
  }

  async show({ page }) {
    this.page = page;
    try {
      const [{ questions, total, pages }, { keeps_questions: keeps }] = await Promise.all([getJson(`api/unanswered?page=${page}`), getJson("api/index")]);
      this.results.replaceChildren(translate(element("div", {},
        !keeps && element("p", { class: "notice", testid: "not-kept" }, element("span", { i18n: "unkeptQuestions" }), " ", element("code", {}, "YIJU_KEEP_QUESTIONS=true")),
        element("p", { class: "total", i18n: total ? "unansweredTotal" : "unansweredNone", values: { total } }),
        element("ul", { class: "unanswered" }, questions.map((question) => this.#row(question))),
        pages > 1 && pager(page, pages))));
    } catch (error) {
      this.results.replaceChildren(errorNotice(toRequestError(error), { retry: () => this.show({ page }) }));
    }
  }

  #row(kept) {
    const { id, question, count, last_asked: last, best, nearest, index_version: version, answered } = kept;
    const [citation] = best?.citations ?? [];
    return element("li", { testid: "unanswered-question" },
      element("div", { class: "asking" },
        element("h2", { lang: languageOf(question), dir: "auto" }, question),
        iconButton("trash", "deleteQuestion", { testid: "delete-question", onclick: () => this.#change("DELETE", `/${id}`, undefined, "deletedQuestion") })),
      element("p", { class: "detail" },
        element("span", { i18n: "askedTimes", values: { count, ago: formatAgo(Date.parse(last)) } }), thumbs(kept)),
      comments(kept),
      best && element("div", { class: "best" },
        element("h3", { i18n: answered ? "answeredWith" : "bestGuess" }),
        evidence(best.citations, { short: best.short_answer, place: { version } })),
      !best && nearest.length > 0 && element("p", { class: "detail" }, element("span", { i18n: "nearestArticles" }), " ",
        nearest.map((article, index) => [index > 0 && " · ", element("a", { href: articleLink({ article_id: article.id }), lang: languageOf(article.title) }, article.title || article.id)])),
      element("div", { class: "chips" },
        citation && chip("thisAnswers", "accept", () => this.#choose(id, { article_id: citation.article_id, start: citation.start, end: citation.end, ...(best.short_answer ? { short_answer: best.short_answer } : {}) })),
        chip("noneAnswers", "none", () => this.#choose(id, { none: true })),
        element("a", { class: "chip", href: questionLink(question), i18n: "again" })));
  }

  #choose(id, choice) {
    return this.#change("POST", `/${id}/answer`, choice, "chosen");
  }

  async #change(method, path, body, told) {
    try {
      await sendJson(method, `api/unanswered${path}`, body);
      toast(told);
    } catch (error) {
      this.results.prepend(errorNotice(toRequestError(error)));
      return;
    }
    await this.show({ page: this.page });
  }
}

function chip(key, testid, onclick) {
  return element("button", { type: "button", class: "chip", testid, i18n: key, onclick });
}

function thumbs({ helpful, unhelpful }) {
  const counts = [["helpfulCount", helpful], ["unhelpfulCount", unhelpful]].filter(([, count]) => count > 0);
  return counts.map(([key, count]) => [" · ", element("span", { i18n: key, values: { count } })]).flat();
}

function comments({ comments: said }) {
  if (!said.length) return null;
  return element("ul", { class: "comments" }, said.map(({ comment }) => element("li", { lang: languageOf(comment), dir: "auto" }, comment)));
}

function pager(page, pages) {
  const step = (to, key) => to >= 1 && to <= pages && element("a", { class: "button", href: `./#/unanswered?page=${to}`, i18n: key });
  return element("nav", { class: "pager", label: "unanswered" },
    step(page - 1, "previous") || element("span"), element("span", { i18n: "page", values: { page, pages } }), step(page + 1, "next") || element("span"));
}
