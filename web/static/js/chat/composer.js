// The question box: grows with its text, counts characters, and sends on Enter.

import { message } from "../core/i18n.js";
import { codePoints } from "../core/offsets.js";

const LIMIT = 2000; // characters (code points) of a question, as in the API
const COUNTED_FROM = 1800;

/**
 * The box in `form`; `send(question)` is called with a question of valid length, `stop()` to abort,
 * `lastQuestion()` for what the up arrow brings back.
 */
export class Composer {
  constructor(form, { send, stop, lastQuestion }) {
    this.box = form.querySelector("#question");
    this.sendButton = form.querySelector("#send");
    this.stopButton = form.querySelector("#stop");
    this.counter = form.querySelector("#counter");
    this.send = send;
    this.lastQuestion = lastQuestion;
    this.busy = false;
    form.addEventListener("submit", (event) => this.#submit(event));
    this.box.addEventListener("keydown", (event) => this.#onKey(event));
    this.box.addEventListener("input", () => this.refresh());
    this.stopButton.addEventListener("click", stop);
    this.refresh();
  }

  /** Put an unanswered question back, unless the reader is typing another; return whether it is back. */
  restore(question) {
    if (this.box.value.trim() && this.box.value.trim() !== question) return false;
    this.box.value = question;
    this.refresh();
    return true;
  }

  /** Put a question into the box, to be changed and sent. */
  put(question) {
    this.box.value = question;
    this.refresh();
    this.focus();
    this.box.setSelectionRange(question.length, question.length);
  }

  /** Empty the box if this question is all that is in it. */
  discard(question) {
    if (this.box.value.trim() === question) this.box.value = "";
    this.refresh();
  }

  /** Show the stop button instead of the send button while an answer is pending. */
  setBusy(busy) {
    const hadFocus = [this.sendButton, this.stopButton].includes(document.activeElement);
    this.busy = busy;
    this.sendButton.hidden = busy;
    this.stopButton.hidden = !busy;
    if (hadFocus) this.box.focus();
    this.refresh();
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  /** Update height, counter and send button to the box's text. */
  refresh() {
    const count = codePoints(this.box.value);
    this.counter.textContent = count >= COUNTED_FROM ? message("counter", { count, limit: LIMIT }) : "";
    this.counter.classList.toggle("over", count > LIMIT);
    this.box.setAttribute("aria-invalid", String(count > LIMIT));
    this.sendButton.disabled = !this.#canSend();
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  #canSend() {
    const question = this.box.value.trim();
    return !this.busy && question !== "" && codePoints(question) <= LIMIT;
  }

  // Enter also confirms an input method's composition. Safari ends the composition before the key
  // event, which is then known by the legacy key code 229 alone.
  #onKey(event) {
    if (event.key === "ArrowUp" && !this.box.value && this.lastQuestion()) {
      event.preventDefault();
      this.put(this.lastQuestion());
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    if (!this.#canSend()) return;
    const question = this.box.value.trim();
    this.box.value = "";
    this.refresh();
    // On a touch screen the keyboard would cover the answer.
    if (!matchMedia("(hover: hover)").matches) this.box.blur();
    this.send(question);
  }
}
