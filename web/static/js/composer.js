// The box that a question is typed into: it grows, counts, and knows when Enter means send.

import { codePoints } from "./offsets.js";
import { say } from "./i18n.js";

const LIMIT = 2000;
const NEAR = 1800;

/** The box in `form`; `send(question)` is called for a question that may be sent. */
export class Composer {
  constructor(form, { send, stop }) {
    this.box = form.querySelector("#question");
    this.sendButton = form.querySelector("#send");
    this.stopButton = form.querySelector("#stop");
    this.counter = form.querySelector("#counter");
    this.send = send;
    this.busy = false;
    form.addEventListener("submit", (event) => this.#submit(event));
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("input", () => this.refresh());
    this.stopButton.addEventListener("click", stop);
    this.refresh();
  }

  /** Puts a question back that came to nothing, unless something else is being typed. */
  putBack(question) {
    if (this.box.value.trim() && this.box.value.trim() !== question) return false;
    this.box.value = question;
    this.refresh();
    return true;
  }

  /** Empties the box, where it holds nothing but this question. */
  takeOut(question) {
    if (this.box.value.trim() === question) this.box.value = "";
    this.refresh();
  }

  /** While an answer is on its way the button stops it. */
  setBusy(busy) {
    const held = [this.sendButton, this.stopButton].includes(document.activeElement);
    this.busy = busy;
    this.sendButton.hidden = busy;
    this.stopButton.hidden = !busy;
    if (held) this.box.focus();
    this.refresh();
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  /** Brings height, counter and button in line with what the box holds. */
  refresh() {
    const count = codePoints(this.box.value);
    this.counter.textContent = count >= NEAR ? say("counter", { count, limit: LIMIT }) : "";
    this.counter.classList.toggle("over", count > LIMIT);
    this.box.setAttribute("aria-invalid", String(count > LIMIT));
    this.sendButton.disabled = !this.#sendable();
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  #sendable() {
    const question = this.box.value.trim();
    return !this.busy && question !== "" && codePoints(question) <= LIMIT;
  }

  // An input method confirms with Enter. Safari ends the composition before the key event and
  // leaves only the old key code 229 to tell.
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    if (!this.#sendable()) return;
    const question = this.box.value.trim();
    this.box.value = "";
    this.refresh();
    this.send(question);
  }
}
