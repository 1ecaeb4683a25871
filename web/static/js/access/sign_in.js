// Signing in with a key, and out. The browser gets a cookie for it, which no script can read.

import { getJson, sendJson } from "../core/api.js";
import { element } from "../core/dom.js";
import { errorMessage, toRequestError } from "../core/errors.js";
import { translate } from "../core/i18n.js";

const SESSION = "/api/session";
const SIGNED_IN = { read: "signedInRead", ask: "signedInAsk", write: "signedInWrite" };

/** Make the form that takes a key; `signedIn()` is called when the server has accepted it. */
export function signInForm(signedIn) {
  const field = element("input", { type: "password", class: "field", name: "key", autocomplete: "current-password", spellcheck: "false", required: true, testid: "key" });
  const said = element("p", { class: "detail", role: "alert", testid: "sign-in-said" });
  return translate(element("form", { class: "sign-in", testid: "sign-in", onsubmit: (event) => signIn(event, field, said, signedIn) },
    element("label", {}, element("span", { i18n: "key" }), field),
    element("button", { type: "submit", class: "button primary", i18n: "signIn" }),
    said,
    element("p", { class: "detail", i18n: "signInNote" })));
}

async function signIn(event, field, said, signedIn) {
  event.preventDefault();
  said.replaceChildren();
  try {
    await sendJson("POST", SESSION, { key: field.value.trim() });
  } catch (error) {
    said.textContent = errorMessage(toRequestError(error));
    field.select();
    return;
  }
  signedIn();
  dispatchEvent(new Event("signedin")); // for what else was refused on the page
}

/** Show in `place` which key is in use, with a way out; or the form, where a key would allow more. */
export async function showSession(place) {
  const { right, name } = await getJson(SESSION);
  const reload = () => location.reload();
  place.replaceChildren();
  if (name !== null) place.append(signedIn(name, right, reload));
  else if (right !== "write") place.append(signInForm(reload));
}

function signedIn(name, right, left) {
  return translate(element("div", { class: "sign-in", testid: "signed-in" },
    element("p", { class: "detail", i18n: SIGNED_IN[right], values: { name } }),
    element("button", { type: "button", class: "button", testid: "sign-out", i18n: "signOut", onclick: () => signOut(left) })));
}

async function signOut(left) {
  await sendJson("DELETE", SESSION);
  left();
}
