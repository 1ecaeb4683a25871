// What the index holds and how old it is; a rebuild is started and followed here.

import { getJson, sendJson } from "../core/api.js";
import { element, iconButton } from "../core/dom.js";
import { errorNotice, toRequestError } from "../core/errors.js";
import { formatAgo, message, onLanguageChange, translate } from "../core/i18n.js";

const POLL_MS = 1000;

/** The line about the index; `changed()` is called when a rebuild has ended. */
export class IndexState {
  constructor(changed) {
    this.changed = changed;
    this.element = element("div", { class: "index-state", testid: "index-state" });
    onLanguageChange(() => this.index && this.#fill());
  }

  async refresh() {
    try {
      this.index = await getJson("api/index");
      this.#fill();
      if (isRunning(this.index.rebuild)) this.#follow();
    } catch {
      this.element.replaceChildren(); // the list below tells what is wrong
    }
  }

  #fill() {
    const { articles, passages, rebuilt_at: at, rebuild } = this.index;
    const ago = formatAgo(Date.parse(at));
    this.element.replaceChildren(translate(element("div", { class: "detail" },
      element("span", { i18n: "indexState", values: { articles, passages, ago } }),
      isRunning(rebuild) ? progress(rebuild) : iconButton("again", "rebuild", { testid: "rebuild", onclick: () => this.#start() }),
      rebuild?.state === "failed" && element("p", { class: "notice", role: "alert" }, `${message("rebuildFailed")} ${rebuild.reason}`))));
  }

  async #start() {
    try {
      await sendJson("POST", "api/index/rebuild");
      await this.refresh();
    } catch (error) {
      this.element.append(errorNotice(toRequestError(error)));
    }
  }

  #follow() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      await this.refresh();
      if (!isRunning(this.index.rebuild)) this.changed();
    }, POLL_MS);
  }
}

function isRunning(rebuild) {
  return rebuild != null && rebuild.state !== "failed";
}

function progress({ state, done, total }) {
  return element("span", { class: "rebuilding", role: "status", testid: "rebuilding" },
    element("span", { i18n: "rebuilding", values: { state } }),
    element("progress", { max: String(Math.max(total, 1)), value: String(done), label: "rebuild" }));
}
