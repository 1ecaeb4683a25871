// The card of an answer: sure, perhaps, not found, or said by Yiju itself.

import { citationsOf } from "../core/answers.js";
import { element, languageOf } from "../core/dom.js";
import { setMessage, translate } from "../core/i18n.js";
import { answerActions } from "./answer_actions.js";
import { confidenceMark } from "./confidence.js";
import { entriesTable } from "./entries_table.js";
import { evidence } from "./evidence.js";
import { howFound } from "./how_found.js";
import { nearest, waysOn } from "./nearest.js";
import { isShortAlone, lead } from "./short_answer.js";
import { textBlocks } from "./text_blocks.js";
import { showWritten } from "./written.js";

/**
 * Render the answer of a turn.
 *
 * `place` is {version, conversation, turn} for links into the articles, `does` what the card can ask
 * for: ask(question), again(), decide(), within(article), reword(question), rated(helpful).
 */
export function answerCard(turn, { place, does }) {
  const { question, answer } = turn;
  const state = stateOf(answer);
  const parts = { page: pageParts, sure: sureParts, perhaps: perhapsParts, unknown: unknownParts }[state](turn, { place, does });
  const card = translate(element("div", { class: `card ${state}`, testid: "answer", "data-state": state },
    understood(answer, does), ...parts,
    element("div", { class: "footing" },
      state === "sure" && confidenceMark(answer),
      state !== "page" && howFound(answer, { question, place, reword: does.reword }),
      answerActions(turn, does)),
    followUps(answer.follow_ups ?? [], does)));
  if (answer.written) showWritten(card, answer, place);
  return card;
}

function stateOf({ kind, answered, possible }) {
  if (kind === "page") return "page";
  if (answered) return "sure";
  return possible ? "perhaps" : "unknown";
}

/** Render the card of an answer that is still streaming: the text so far and the current step. */
export function pendingCard() {
  const text = element("p", { class: "prose" });
  const state = element("p", { class: "state", testid: "state", i18n: "searching" });
  const skeleton = element("div", { class: "skeleton", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
  const card = translate(element("div", { class: "card pending", testid: "answer", "aria-busy": "true" }, state, text, skeleton));
  return {
    card,
    showReading(passages) {
      setMessage(state, "reading", { count: passages.length });
    },
    append(piece) {
      skeleton.remove();
      text.append(piece);
      text.lang = languageOf(text.textContent);
    },
    /** End without an answer: the text so far stays, dimmed, beside the message of that key, if any. */
    end(key) {
      card.removeAttribute("aria-busy");
      card.classList.replace("pending", "broken");
      skeleton.remove();
      if (key) setMessage(state, key);
      else state.remove();
    },
  };
}

function understood({ interpreted_question: question, rewriting }, { reword }) {
  const failed = rewriting?.failed && element("p", { class: "understood", testid: "not-rewritten", lang: languageOf(rewriting.failed) }, rewriting.failed);
  if (!question) return failed;
  const isRewritten = rewriting?.question === question;
  const read = element("p", { class: "understood" },
    element("span", { i18n: "understood" }),
    element("q", { testid: "interpreted-question", lang: languageOf(question) }, question), " ",
    isRewritten && element("span", { testid: "rewritten" }, element("span", { i18n: "rewrittenBy" }), ` (${rewriting.model}) `),
    element("button", { type: "button", class: "link", i18n: "reword", onclick: () => reword(question) }));
  return [failed, read];
}

function pageParts({ answer }) {
  return [
    element("p", { class: "kicker", i18n: "saidByPage" }),
    element("div", { testid: "page-answer" }, textBlocks(answer.answer)),
  ];
}

function sureParts({ question, answer }, { place }) {
  const { citations, short_answer: short, kind } = answer;
  if (kind === "summary") return summaryParts(answer, place);
  const first = lead(answer, question);
  const isSaid = isShortAlone(answer.answer, short, citations) || isQuoted(answer.answer, citations, short);
  return [
    first,
    entriesTable(answer, place) ?? (isSaid ? null : textBlocks(answer.answer, short)),
    evidence(citations, { short, place }),
  ];
}

/** Sentences of one article, in its order: read together they are the summary. */
function summaryParts(answer, place) {
  const inOrder = citationsOf(answer);
  const { title, article_id: id } = inOrder[0];
  return [
    element("p", { class: "kicker", i18n: "summary", values: { title: title || id } }),
    evidence(inOrder, { place }),
  ];
}

/** Tell whether a text is a quote, but for the form of an amount that was added to it. */
function isQuoted(text, citations, short) {
  const bare = (words) => words.replace(/\s+/g, "");
  const first = citations[0]?.quote;
  if (first === undefined) return false;
  if (bare(text) === bare(first)) return true;
  const added = short ? text.replace(new RegExp(`(${escapedPattern(short)})\\s*[（(][^（）()]+[)）]`, "u"), "$1") : text;
  return bare(added) === bare(first);
}

function escapedPattern(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function perhapsParts({ question, answer }, { place, does }) {
  const { possible: reply } = answer;
  const text = reply.short_answer ?? reply.answer;
  const isQuoted = text === reply.citations[0].quote;
  return [
    element("p", { class: "kicker", i18n: "possible" }),
    !isQuoted && element("p", { class: "perhaps-answer", testid: "possible-answer", lang: languageOf(text), dir: "auto" }, text),
    element("section", { testid: "possible" }, evidence(reply.citations, { short: reply.short_answer, place })),
    element("p", { class: "caution" }, confidenceMark(answer), element("span", { class: "detail", i18n: "possibleNote" })),
    waysOn(answer.passages, { reword: () => does.reword(question), within: does.within }),
  ];
}

function unknownParts({ question, answer }, { place, does }) {
  return [
    element("p", { class: "not-found", testid: "not-answered", lang: languageOf(answer.answer) }, answer.answer),
    nearest(answer.passages, { question, place }),
    waysOn(answer.passages, { reword: () => does.reword(question), decide: does.decide, within: does.within }),
  ];
}

function followUps(questions, { ask }) {
  if (!questions.length) return null;
  return element("section", { class: "follow-ups", testid: "follow-ups" },
    element("h3", { i18n: "followUps" }),
    questionChips(questions, ask));
}

/** Render questions that are asked with a click. */
export function questionChips(questions, ask) {
  return element("div", { class: "chips" }, questions.map((question) =>
    element("button", { type: "button", class: "chip", testid: "suggestion", lang: languageOf(question), onclick: () => ask(question) }, question)));
}
