// Ways to choose files: a button, and the drop area of an empty library.

import { element } from "../core/dom.js";
import { icon } from "../core/icons.js";

/** Render a button that lets files be chosen. */
export function addButton(uploads) {
  const field = element("input", { type: "file", multiple: true, hidden: true, testid: "files", onchange: () => { uploads.add([...field.files]); field.value = ""; } });
  return element("span", {},
    element("button", { type: "button", class: "button add", testid: "add-articles", onclick: () => field.click() }, icon("upload"), element("span", { i18n: "addArticles" })), field);
}

/** Render the invitation to drop files. */
export function invitation(uploads) {
  return element("section", { class: "invitation", testid: "invitation" },
    element("p", { class: "invitation-title", i18n: "dropHere" }),
    addButton(uploads),
    element("p", { class: "detail", i18n: "formats" }));
}
