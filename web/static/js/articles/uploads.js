// Adds files to the articles: a panel tells how far each is, and why one could not be read.

import { baseHeaders } from "../core/api.js";
import { element, iconButton } from "../core/dom.js";
import { RequestError, errorFromProblem, errorMessage } from "../core/errors.js";
import { translate } from "../core/i18n.js";
import { articleLink } from "../core/routes.js";

const BATCH_BYTES = 8_000_000;
const BATCH_FILES = 50;
const TRIES = 20;

/** Uploads, in batches, one after the other. `added()` is called after each that brought articles. */
export class Uploads {
  constructor(added) {
    this.added = added;
    this.waiting = [];
    this.list = element("ul", {});
    this.panel = element("section", { class: "uploads", testid: "uploads", label: "uploads", hidden: true },
      element("header", {}, element("h2", { i18n: "uploads" }), iconButton("close", "close", { testid: "close-uploads", onclick: () => this.#close() })),
      element("div", { role: "status" }, this.list));
    document.body.append(translate(this.panel));
  }

  add(files) {
    if (!files.length) return;
    this.panel.hidden = false;
    for (const file of files) this.waiting.push(new UploadRow(file, this.list));
    if (!this.isRunning) this.#run();
  }

  #close() {
    this.panel.hidden = true;
    for (const row of [...this.list.children]) if (!row.dataset.state || row.dataset.state !== "waiting") row.remove();
  }

  async #run() {
    this.isRunning = true;
    while (this.waiting.length) await this.#send(this.#nextBatch());
    this.isRunning = false;
  }

  #nextBatch() {
    let [count, bytes] = [1, this.waiting[0].file.size];
    while (count < Math.min(BATCH_FILES, this.waiting.length) && bytes + this.waiting[count].file.size <= BATCH_BYTES) {
      bytes += this.waiting[count].file.size;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  async #send(rows) {
    try {
      const outcome = await postPatiently(rows);
      for (const row of rows) row.showOutcome(outcome);
      this.added();
    } catch (error) {
      // Nothing of a batch was added: each file tells its own reason if it is sent alone.
      if (rows.length > 1) for (const row of rows) await this.#send([row]);
      else rows[0].showFailure([errorMessage(error)]);
    }
  }
}

/** A file in the panel. */
class UploadRow {
  constructor(file, list) {
    this.file = file;
    this.state = element("span", { class: "detail", i18n: "uploadWaiting" });
    this.progress = element("progress", { max: "1", value: "0", hidden: true, label: "uploads" });
    this.element = element("li", { "data-state": "waiting", testid: "upload" },
      element("span", { class: "upload-name", dir: "auto" }, file.name), this.state, this.progress);
    list.append(translate(this.element));
  }

  showProgress(share) {
    this.progress.hidden = share >= 1;
    this.progress.value = share;
    this.#set("sending", share < 1 ? ["uploadSending", {}] : ["uploadReading", {}]);
  }

  showOutcome({ articles, failed, unread }) {
    const isOwn = (name) => name === this.file.name || name.startsWith(`${this.file.name}/`) || name.startsWith(`${this.file.name}:`) || name.startsWith(`${this.file.name}#`);
    const reasons = failed.filter(({ name }) => isOwn(name)).map(({ name, reason }) => (name === this.file.name ? reason : `${name.slice(this.file.name.length + 1)}: ${reason}`));
    const added = articles.filter(({ id }) => isOwn(id));
    if (reasons.length && !added.length) return this.showFailure(reasons);
    this.#set("done", added.length > 1 ? ["uploadDoneMany", { count: added.length }] : ["uploadDone", {}]);
    if (added.length === 1) this.#link(added[0]);
    const partly = unread.filter(({ name }) => isOwn(name)).map(({ what }) => ["uploadUnread", { what }]);
    this.element.append(...partly.map(([key, values]) => translate(element("p", { class: "detail", i18n: key, values }))));
    this.#tell(reasons);
    return undefined;
  }

  showFailure(reasons) {
    this.#set("failed", ["uploadFailed", {}]);
    this.#tell(reasons);
  }

  #link({ id }) {
    const name = this.element.querySelector(".upload-name");
    name.replaceChildren(element("a", { href: articleLink({ article_id: id }) }, this.file.name));
  }

  #tell(reasons) {
    this.element.append(...reasons.map((reason) => element("p", { class: "reason", testid: "upload-reason" }, reason)));
  }

  #set(state, [key, values]) {
    this.element.dataset.state = state;
    this.progress.hidden = state !== "sending" || this.progress.hidden;
    this.state.replaceWith(this.state = translate(element("span", { class: "detail", i18n: key, values })));
  }
}

/** Send files; while the server is busy with other changes, try again when it says. */
async function postPatiently(rows) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post(rows);
    } catch (error) {
      const isBusy = error.status === 503 && error.retryAfter != null;
      if (!isBusy || tries === TRIES) throw error;
      await new Promise((resolve) => { setTimeout(resolve, Math.min(error.retryAfter, 30) * 1000); });
    }
  }
}

// XMLHttpRequest, since fetch does not tell how much of a body was sent.
function post(rows) {
  const form = new FormData();
  for (const { file } of rows) form.append("files", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", "api/articles");
  request.responseType = "json";
  for (const [name, value] of Object.entries(baseHeaders())) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded, total }) => { for (const row of rows) row.showProgress(total ? loaded / total : 1); });
  request.upload.addEventListener("load", () => { for (const row of rows) row.showProgress(1); });
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => {
      if (request.status === 201) return resolve(request.response);
      const seconds = Number.parseInt(request.getResponseHeader("Retry-After"), 10);
      return reject(errorFromProblem({ ...request.response, status: request.status }, Number.isNaN(seconds) ? null : seconds));
    });
    request.addEventListener("error", () => reject(new RequestError("network")));
    request.send(form);
  });
}
