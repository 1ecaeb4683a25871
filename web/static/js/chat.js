// The conversation: questions, answers, and what goes along as history.

import { isReady } from "./api.js";
import { answerCard, pendingCard } from "./answer_card.js";
import { Composer } from "./composer.js";
import { element, languageOf } from "./dom.js";
import { asFailure, failureNotice, unreadyNotice } from "./errors.js";
import { onLanguage, say } from "./i18n.js";
import { ask } from "./sse.js";

const REMEMBERED_TURNS = 10;
// A question longer than this is set as text, not as a headline.
const LONG = 80;

/** The chat in `view`; `announce(text)` tells a screen reader, `changed()` hears of each turn. */
export class Chat {
  constructor(view, { announce, changed }) {
    this.scroller = view.querySelector("#chat-scroller");
    this.list = view.querySelector("#turns");
    this.freshButton = view.querySelector("#fresh");
    this.announce = announce;
    this.changed = changed;
    this.turns = [];
    this.running = null;
    this.composer = new Composer(view.querySelector("#composer"), {
      send: (question) => this.ask(question),
      stop: () => this.running?.abort(),
    });
    this.freshButton.addEventListener("click", () => this.#startAfresh());
    for (const move of ["wheel", "touchmove", "pointerdown"]) {
      this.scroller.addEventListener(move, () => { this.following = false; }, { passive: true });
    }
    onLanguage(() => this.composer.refresh());
  }

  get isEmpty() {
    return this.list.childElementCount === 0;
  }

  /** Asks, and shows the answer as it comes. */
  async ask(question) {
    const running = new AbortController();
    const turn = this.#openTurn(question);
    const pending = pendingCard();
    turn.append(pending.card);
    this.#begin(running, turn);
    try {
      for await (const event of ask({ question, history: this.#history() }, running.signal)) {
        this.#take(event, { question, turn, pending });
      }
    } catch (thrown) {
      if (running.discarded) return;
      if (running.signal.aborted) this.#stopped(question, pending);
      else await this.#failed(asFailure(thrown), { question, turn, pending });
    } finally {
      if (this.running === running) this.#end();
    }
  }

  #openTurn(question) {
    const turn = element("article", { class: "turn" },
      element("h2", { class: question.length > LONG ? "asked long" : "asked", lang: languageOf(question) }, question));
    this.list.append(turn);
    return turn;
  }

  #begin(running, turn) {
    this.running = running;
    this.following = true;
    this.composer.setBusy(true);
    this.freshButton.hidden = false;
    this.announce(say("searching"));
    this.changed();
    this.#show(turn);
  }

  #end() {
    this.running = null;
    this.composer.setBusy(false);
  }

  #take({ event, data }, { question, turn, pending }) {
    if (event === "passages") pending.found(data.passages ?? []);
    if (event === "delta") pending.add(data.text ?? "");
    if (event === "answer") {
      pending.card.replaceWith(answerCard(data));
      this.turns.push({ question, answer: data.answer });
      this.announce(data.answer);
    }
    this.#follow(turn);
  }

  /** Earlier turns as the server wants them; those that failed or were stopped don't count. */
  #history() {
    return this.turns.slice(-REMEMBERED_TURNS).flatMap(({ question, answer }) => [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ]);
  }

  #stopped(question, pending) {
    pending.end("stopped");
    this.composer.putBack(question);
    this.announce(say("stopped"));
  }

  async #failed(failure, { question, turn, pending }) {
    pending.end();
    if (!pending.card.textContent) pending.card.remove();
    const kept = this.composer.putBack(question);
    const retry = () => this.#retry(question, turn);
    const unready = failure.status === 503 && !(await isReady().catch(() => true));
    turn.append(unready ? unreadyNotice(retry) : failureNotice(failure, { retry, note: kept ? "kept" : null }));
    this.#follow(turn);
  }

  #retry(question, turn) {
    if (this.running) return;
    turn.remove();
    this.composer.takeOut(question);
    this.composer.focus();
    this.ask(question);
  }

  #startAfresh() {
    if (this.running) {
      this.running.discarded = true;
      this.running.abort();
      this.#end();
    }
    this.turns = [];
    this.list.replaceChildren();
    this.freshButton.hidden = true;
    this.changed();
    this.composer.focus();
  }

  #show(turn) {
    turn.scrollIntoView({ block: "start" });
  }

  // The answer is read from its beginning: the question stays in sight, below it the text grows.
  // A reader who scrolls is left alone.
  #follow(turn) {
    if (this.following && turn === this.list.lastElementChild) this.#show(turn);
  }
}
