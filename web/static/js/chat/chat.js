// The chat view: questions, answers, and the history sent with each question.

import { isReady } from "../core/api.js";
import { answerCard, pendingCard } from "./answer_card.js";
import { Composer } from "./composer.js";
import { element, languageOf } from "../core/dom.js";
import { errorNotice, noIndexNotice, toRequestError } from "../core/errors.js";
import { message, onLanguageChange } from "../core/i18n.js";
import { ask } from "../core/sse.js";

const REMEMBERED_TURNS = 10;
// Characters; a longer question is set as text, not as a headline.
const LONG = 80;

/** The chat in `view`; `announce(text)` speaks to a screen reader, `changed()` is called on every turn. */
export class Chat {
  constructor(view, { announce, changed }) {
    this.scroller = view.querySelector("#chat-scroller");
    this.list = view.querySelector("#turns");
    this.resetButton = view.querySelector("#fresh");
    this.announce = announce;
    this.changed = changed;
    this.turns = [];
    this.running = null;
    this.composer = new Composer(view.querySelector("#composer"), {
      send: (question) => this.ask(question),
      stop: () => this.running?.abort(),
    });
    this.resetButton.addEventListener("click", () => this.#reset());
    for (const type of ["wheel", "touchmove", "pointerdown"]) {
      this.scroller.addEventListener(type, () => { this.following = false; }, { passive: true });
    }
    onLanguageChange(() => this.composer.refresh());
  }

  get isEmpty() {
    return this.list.childElementCount === 0;
  }

  /** Ask a question and show the answer while it streams in. */
  async ask(question) {
    const running = new AbortController();
    const turn = this.#openTurn(question);
    const pending = pendingCard();
    turn.append(pending.card);
    this.#start(running, turn);
    try {
      for await (const event of ask({ question, history: this.#history() }, running.signal)) {
        this.#handle(event, { question, turn, pending });
      }
    } catch (error) {
      if (running.discarded) return;
      if (running.signal.aborted) this.#stopped(question, pending);
      else await this.#failed(toRequestError(error), { question, turn, pending });
    } finally {
      if (this.running === running) this.#finish();
    }
  }

  #openTurn(question) {
    const turn = element("article", { class: "turn" },
      element("h2", { class: question.length > LONG ? "asked long" : "asked", lang: languageOf(question) }, question));
    this.list.append(turn);
    return turn;
  }

  #start(running, turn) {
    this.running = running;
    this.following = true;
    this.composer.setBusy(true);
    this.resetButton.hidden = false;
    this.announce(message("searching"));
    this.changed();
    this.#show(turn);
  }

  #finish() {
    this.running = null;
    this.composer.setBusy(false);
  }

  #handle({ event, data }, { question, turn, pending }) {
    if (event === "passages") pending.showReading(data.passages ?? []);
    if (event === "delta") pending.append(data.text ?? "");
    if (event === "answer") {
      pending.card.replaceWith(answerCard(data));
      this.turns.push({ question, answer: data.answer });
      this.announce(data.answer);
    }
    this.#follow(turn);
  }

  /** The answered turns, the latest ten, as the API's `history`. */
  #history() {
    return this.turns.slice(-REMEMBERED_TURNS).flatMap(({ question, answer }) => [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ]);
  }

  #stopped(question, pending) {
    pending.end("stopped");
    this.composer.restore(question);
    this.announce(message("stopped"));
  }

  async #failed(error, { question, turn, pending }) {
    pending.end();
    if (!pending.card.textContent) pending.card.remove();
    const isRestored = this.composer.restore(question);
    const retry = () => this.#retry(question, turn);
    const isUnready = error.status === 503 && !(await isReady().catch(() => true));
    turn.append(isUnready ? noIndexNotice(retry) : errorNotice(error, { retry, note: isRestored ? "kept" : null }));
    this.#follow(turn);
  }

  #retry(question, turn) {
    if (this.running) return;
    turn.remove();
    this.composer.discard(question);
    this.composer.focus();
    this.ask(question);
  }

  #reset() {
    if (this.running) {
      this.running.discarded = true;
      this.running.abort();
      this.#finish();
    }
    this.turns = [];
    this.list.replaceChildren();
    this.resetButton.hidden = true;
    this.changed();
    this.composer.focus();
  }

  #show(turn) {
    turn.scrollIntoView({ block: "start" });
  }

  // Keep the question in view while the answer grows below it, unless the reader has scrolled.
  #follow(turn) {
    if (this.following && turn === this.list.lastElementChild) this.#show(turn);
  }
}
