// Deletes articles with a way back: an article is hidden at once, and deleted when the notice is gone.

import { baseHeaders, sendJson } from "../core/api.js";
import { toRequestError } from "../core/errors.js";
import { toast } from "../core/toast.js";

const PAUSE_MS = 8000; // as long as the notice is shown

/** Deletions that can still be undone. `hidden()` hears of a change of these, `done()` of a deletion. */
export class Deletions {
  constructor({ hidden, done }) {
    Object.assign(this, { hidden, done });
    this.waiting = new Map();
    addEventListener("pagehide", () => this.#sendAll());
  }

  has(id) {
    return this.waiting.has(id);
  }

  add({ id, title }) {
    this.waiting.set(id, setTimeout(() => this.#send(id), PAUSE_MS));
    this.hidden();
    toast("deletedArticle", { values: { title: title || id }, undo: () => this.#undo(id) });
  }

  #undo(id) {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    this.hidden();
  }

  async #send(id) {
    try {
      await sendJson("DELETE", pathOf(id));
      this.done();
    } catch (error) {
      if (toRequestError(error).status !== 404) toast("undeleted", { values: { reason: error.detail || error.title } });
    }
    this.waiting.delete(id);
    this.hidden();
  }

  // The reader leaves: nothing can be undone any more.
  #sendAll() {
    for (const [id, timer] of this.waiting) {
      clearTimeout(timer);
      fetch(pathOf(id), { method: "DELETE", headers: baseHeaders(), keepalive: true });
    }
    this.waiting.clear();
  }
}

function pathOf(id) {
  return `api/articles/${encodeURIComponent(id)}`;
}
