// A short notice at the foot of the page, with a way back where there is one.

import { element } from "./dom.js";
import { translate } from "./i18n.js";

const SHOWN_MS = 8000;
let shown = null;

/** Show the message of that key for eight seconds; with `undo`, a button that calls it. */
export function toast(key, { values = {}, undo = null } = {}) {
  shown?.end();
  const note = element("div", { class: "toast", role: "status", testid: "toast" },
    element("span", { i18n: key, values }),
    undo && element("button", { type: "button", class: "link", testid: "undo", i18n: "undo", onclick: () => { end(); undo(); } }));
  const timer = setTimeout(end, SHOWN_MS);
  function end() {
    clearTimeout(timer);
    note.remove();
    if (shown?.note === note) shown = null;
  }
  shown = { note, end };
  document.body.append(translate(note));
}
