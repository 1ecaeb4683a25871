// A question with its answer, as shown in a conversation.

import { element, iconButton, languageOf } from "../core/dom.js";
import { errorNotice } from "../core/errors.js";
import { translate } from "../core/i18n.js";
import { answerCard, pendingCard } from "./answer_card.js";
import { hideWriting, showUnwritten, showWriting, showWritten } from "./written.js";

// Characters; a longer question is cut off until it is opened.
const LONG = 300;

/** A turn on the page. `turn` is {question, asked, answer, helpful}, `does` as of `answerCard`, with edited(question). */
export class TurnView {
  constructor(turn, { place, does }) {
    Object.assign(this, { turn, place, does });
    this.body = element("div", { class: "turn-body" });
    this.element = element("article", { class: "turn", testid: "turn" });
    this.#showQuestion();
    this.element.append(this.body);
    if (turn.answer) this.showAnswer();
    else this.showStopped();
  }

  #showQuestion() {
    const { question } = this.turn;
    const heading = element("h2", { class: [...question].length > LONG ? "asked long" : "asked", lang: languageOf(question), dir: "auto", tabindex: "-1" },
      element("span", { class: "unseen", i18n: "asked" }), question);
    this.header = translate(element("header", { class: "asking" }, heading,
      iconButton("edit", "edit", { testid: "edit", onclick: () => this.#edit() })));
    this.element.querySelector("header")?.remove();
    this.element.prepend(this.header);
  }

  #edit() {
    const field = element("textarea", { class: "field", rows: "2", maxlength: "4000", label: "question", testid: "edit-field" });
    field.value = this.turn.question;
    const form = element("form", { class: "editing", onsubmit: (event) => this.#edited(event, field) }, field,
      element("div", { class: "row" },
        element("button", { class: "button", testid: "edit-send", i18n: "editSend" }),
        element("button", { type: "button", class: "button", i18n: "cancel", onclick: () => this.#showQuestion() })));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) this.#edited(event, field);
      if (event.key === "Escape") { event.stopPropagation(); this.#showQuestion(); }
    });
    this.header.replaceChildren(translate(form));
    field.focus();
  }

  #edited(event, field) {
    event.preventDefault();
    const question = field.value.trim();
    if (question) this.does.edited(question);
  }

  /** Show that the answer is under way; return the card to fill. */
  showPending() {
    const pending = pendingCard();
    this.body.replaceChildren(pending.card);
    return pending;
  }

  showAnswer() {
    this.body.replaceChildren(answerCard(this.turn, { place: this.place, does: this.does }));
  }

  /** Show that a model writes beside the answer. */
  showWriting() {
    showWriting(this.#card);
  }

  /** Show what a model wrote beside the answer. */
  showWritten(written) {
    this.turn.answer.written = written;
    showWritten(this.#card, this.turn.answer, this.place);
  }

  /** Take away that a model writes; `isLost` if the connection broke. */
  endWriting({ isLost }) {
    if (isLost) showUnwritten(this.#card);
    else hideWriting(this.#card);
  }

  get #card() {
    return this.body.querySelector(".card");
  }

  /** Show that there is no answer, with a way to ask again. */
  showStopped() {
    this.body.replaceChildren(translate(element("p", { class: "state", testid: "state" },
      element("span", { i18n: "stopped" }), " ",
      element("button", { type: "button", class: "link", testid: "again", i18n: "again", onclick: () => this.does.again() }))));
  }

  /** Show an error below what there is of the answer. */
  showError(error, { note }) {
    this.body.append(errorNotice(error, { retry: () => this.does.again(), note }));
  }
}
