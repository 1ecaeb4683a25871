// The chat view: the turns of a conversation, asked one at a time and kept in this browser.

import { toRequestError } from "../core/errors.js";
import { message, onLanguageChange } from "../core/i18n.js";
import { ask } from "../core/sse.js";
import { toast } from "../core/toast.js";
import { newConversation } from "../conversations/conversation_store.js";
import { Composer } from "./composer.js";
import { confidenceKey } from "./confidence.js";
import { Scope } from "./scope.js";
import { TurnView } from "./turn.js";

const REMEMBERED_TURNS = 10;

/**
 * The chat in `view`, over the conversations in `store`.
 *
 * `announce(text)` speaks to a screen reader; `changed()` is called when a turn comes or goes, and
 * when another conversation is shown.
 */
export class Chat {
  constructor(view, { store, announce, changed }) {
    Object.assign(this, { store, announce, changed });
    this.scroller = view.querySelector("#chat-scroller");
    this.list = view.querySelector("#turns");
    this.conversation = null;
    this.views = [];
    this.running = null;
    this.scope = new Scope(view.querySelector("#scope"));
    this.composer = new Composer(view.querySelector("#composer"), {
      send: (question) => this.ask(question),
      stop: () => this.running?.abort(),
      lastQuestion: () => this.conversation?.turns.at(-1)?.question ?? "",
    });
    for (const type of ["wheel", "touchmove", "pointerdown"]) {
      this.scroller.addEventListener(type, () => { this.following = false; }, { passive: true });
    }
    onLanguageChange(() => this.composer.refresh());
  }

  get isEmpty() {
    return this.views.length === 0;
  }

  /** The id of the conversation in view, or null while there is none. */
  get id() {
    return this.conversation?.id ?? null;
  }

  /** Show an empty conversation. */
  fresh() {
    this.#leave();
    this.conversation = null;
    this.scope.set(null);
    this.changed();
  }

  /** Show a kept conversation; return whether it is there. */
  async open(id) {
    if (id === this.id) return true;
    const conversation = await this.store.get(id);
    if (!conversation) return false;
    this.#leave();
    this.conversation = conversation;
    this.scope.set(conversation.scope);
    for (const turn of conversation.turns) this.#append(turn);
    this.changed();
    this.views.at(-1)?.element.scrollIntoView({ block: "start", behavior: "instant" });
    return true;
  }

  /** Let go of a conversation that was deleted. */
  forget(id) {
    if (id !== this.id) return;
    this.conversation.isDeleted = true; // an answer under way is not to bring it back
    this.fresh();
  }

  #leave() {
    this.running?.abort();
    this.views = [];
    this.list.replaceChildren();
  }

  /** Ask a question and show the answer while it streams in; without `decide` the best there is. */
  async ask(question, { decide = true } = {}) {
    this.running?.abort();
    this.conversation ??= newConversation(question, this.scope.value);
    this.conversation.scope = this.scope.value;
    const turn = { question, asked: Date.now(), answer: null, helpful: null };
    this.conversation.turns.push(turn);
    const view = this.#append(turn);
    this.changed();
    await this.#answer(view, { decide });
  }

  #append(turn) {
    const number = this.views.length;
    const { id } = this.conversation;
    const view = new TurnView(turn, {
      place: { version: turn.answer?.index_version, conversation: id, turn: number },
      does: {
        ask: (question) => this.ask(question),
        again: () => this.#askAgain(view),
        decide: () => this.#askAgain(view, { decide: false }),
        within: (article) => { this.scope.set({ articles: [article] }); this.ask(turn.question); },
        reword: (question) => this.composer.put(question),
        edited: (question) => this.#askEdited(view, question),
        rated: (helpful) => { turn.helpful = helpful; this.#save(this.conversation); },
      },
    });
    this.views.push(view);
    this.list.append(view.element);
    return view;
  }

  async #answer(view, { decide }) {
    const running = new AbortController();
    const { conversation } = this;
    const { turn } = view;
    const pending = view.showPending();
    this.#start(running, view);
    this.#save(conversation);
    const request = { question: turn.question, history: this.#history(turn), decide, ...this.scope.filter() };
    try {
      for await (const { event, data } of ask(request, running.signal)) {
        if (event === "passages") pending.showReading(data.passages ?? []);
        if (event === "delta") pending.append(data.text ?? "");
        if (event === "answer") this.#answered(view, decide ? data : undecided(data));
        if (event === "writing") view.showWriting();
        if (event === "written") this.#written(view, data);
        this.#follow(view);
      }
    } catch (error) {
      if (turn.answer) view.endWriting({ isLost: !running.signal.aborted });
      else if (running.signal.aborted) this.#stopped(view);
      else this.#failed(toRequestError(error), view, pending);
    } finally {
      if (this.running === running) this.#finish();
      await this.#save(conversation);
    }
  }

  #start(running, view) {
    this.running = running;
    this.following = true;
    this.composer.setBusy(true);
    this.announce(message("searching"));
    this.#show(view);
  }

  #finish() {
    this.running = null;
    this.composer.setBusy(false);
  }

  #answered(view, answer) {
    view.turn.answer = answer;
    view.place.version = answer.index_version;
    view.showAnswer();
    const said = answer.possible ?? answer;
    const sure = answer.kind === "page" ? [] : [message(confidenceKey(answer))];
    this.announce([...sure, said.short_answer ?? said.answer].join(": "));
    this.changed();
  }

  #written(view, written) {
    view.showWritten(written);
    this.announce(written.failed ?? `${message("writtenBy")} ${written.text}`);
  }

  #stopped(view) {
    view.showStopped();
    if (!view.element.isConnected) return; // the reader has left the conversation
    this.composer.restore(view.turn.question);
    this.announce(message("stopped"));
  }

  #failed(error, view, pending) {
    pending.end();
    if (!pending.card.textContent) pending.card.remove();
    const isRestored = this.composer.restore(view.turn.question);
    view.showError(error, { note: isRestored ? "kept" : null });
    this.#follow(view);
  }

  /** The answered turns before this one, the latest ten, as the API's `history`. */
  #history(turn) {
    const { turns } = this.conversation;
    return turns.slice(0, turns.indexOf(turn)).filter(({ answer }) => answer).slice(-REMEMBERED_TURNS)
      .flatMap(({ question, answer }) => [{ role: "user", content: question }, { role: "assistant", content: answer.answer }]);
  }

  async #askAgain(view, { decide = true } = {}) {
    if (this.running) return;
    this.composer.discard(view.turn.question);
    view.turn.answer = null;
    view.turn.helpful = null;
    await this.#answer(view, { decide });
  }

  /** Ask a changed question in the place of the former one; the turns after it go, with a way back. */
  async #askEdited(view, question) {
    const at = this.views.indexOf(view);
    const { conversation } = this;
    const former = conversation.turns.splice(at);
    for (const { element: gone } of this.views.splice(at)) gone.remove();
    const after = former.length - 1;
    const undo = async () => {
      conversation.turns.splice(at, Infinity, ...former);
      await this.#save(conversation);
      if (this.conversation === conversation) this.#showAll();
    };
    if (after > 0) toast("replacedTurns", { values: { count: after }, undo });
    await this.ask(question);
  }

  #showAll() {
    this.#leave();
    for (const turn of this.conversation.turns) this.#append(turn);
    this.changed();
  }

  async #save(conversation) {
    if (conversation.isDeleted) return;
    try {
      await this.store.save({ ...conversation, updated: Date.now() });
    } catch {
      toast("unkept"); // the browser's storage is full or was taken away
    }
  }

  #show(view) {
    view.element.scrollIntoView({ block: "start" });
  }

  // Keep the question in view while the answer grows below it, unless the reader has scrolled.
  #follow(view) {
    if (this.following && view === this.views.at(-1)) this.#show(view);
  }
}

/** Return the best there is as what it is: a guess, however it was asked for. */
function undecided(answer) {
  if (answer.kind === "page" || !answer.citations.length) return answer;
  const { answer: text, short_answer: short, confidence, citations } = answer;
  return { ...answer, answered: false, short_answer: null, citations: [], possible: { answer: text, short_answer: short, confidence, citations } };
}
