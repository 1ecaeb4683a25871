// Errors of requests to the server, and the notices that show them.

import { element } from "./dom.js";
import { message, translate } from "./i18n.js";

/** A failed request. `kind` is "network", "interrupted" or "problem" (RFC 9457, with the server's text). */
export class RequestError extends Error {
  constructor(kind, { status = 0, type = "", title = "", detail = "", retryAfter = null } = {}) {
    super(detail || title || kind);
    Object.assign(this, { kind, status, type, title, detail, retryAfter });
  }
}

/** Make the error of a response that isn't 2xx, from its problem object if it has one. */
export async function errorFromResponse(response) {
  const problem = await response.json().catch(() => ({}));
  const seconds = Number.parseInt(response.headers.get("Retry-After"), 10);
  return errorFromProblem({ ...problem, status: response.status }, Number.isNaN(seconds) ? null : seconds);
}

/** Make the error of a problem object. */
export function errorFromProblem(problem, retryAfter = null) {
  const text = (value) => (typeof value === "string" ? value : "");
  return new RequestError("problem", {
    status: Number(problem?.status) || 500,
    type: text(problem?.type),
    title: text(problem?.title),
    detail: text(problem?.detail),
    retryAfter,
  });
}

/** Return `error` if it is a RequestError; the browser's own errors become one of kind "network". */
export function toRequestError(error) {
  return error instanceof RequestError ? error : new RequestError("network", { detail: error?.message });
}

const NO_INDEX = "urn:yiju:no-index"; // nothing was ever built
const KEY_BY_STATUS = { 400: "unfit", 401: "locked", 403: "locked", 404: "nowhere", 409: "conflict", 410: "nowhere", 413: "large", 415: "unfit", 421: "locked", 422: "unfit", 429: "often" };
const KEY_BY_TYPE = { "urn:yiju:key-needed": "keyNeeded", "urn:yiju:right-needed": "rightNeeded" };

/** Return key and values of the interface message for an error. */
function messageFor({ kind, status, retryAfter }) {
  if (kind !== "problem") return [kind, {}];
  if (status === 503) return retryAfter ? ["busySeconds", { seconds: retryAfter }] : ["busy", {}];
  return [KEY_BY_STATUS[status] ?? "broken", {}]; // the server's detail of 429 says when to come again
}

/** Return what an error says as one text: the server's detail, or else our message. */
export function errorMessage(error) {
  if (error.kind === "problem" && error.detail) return error.detail;
  return message(...messageFor(error));
}

/**
 * Render an error: our message, below it the server's detail and a note, and a button to retry.
 *
 * `key` replaces the error's own message, `note` is the key of another one.
 */
export function errorNotice(error, { retry, key, note } = {}) {
  if (error.type === NO_INDEX) return noIndexNotice(retry);
  if (Object.hasOwn(KEY_BY_TYPE, error.type)) return signInNotice(error, retry ?? (() => location.reload()));
  const [defaultKey, values] = messageFor(error);
  const detail = error.kind === "problem" ? error.detail || error.title : "";
  return translate(
    element("div", { class: "notice", role: "alert", testid: "error" },
      element("p", { i18n: key ?? defaultKey, values }),
      detail && element("p", { class: "detail" }, detail),
      note && element("p", { class: "detail", i18n: note }),
      retry && element("button", { type: "button", class: "button", testid: "retry", i18n: "retry", onclick: retry }),
    ),
  );
}

/** Render the notice that a key is needed, or one with more rights, and the form that takes it. */
function signInNotice(error, signedIn) {
  const notice = element("div", { class: "notice", testid: "error" }, element("p", { role: "alert", i18n: KEY_BY_TYPE[error.type] }));
  import("../access/sign_in.js").then(({ signInForm }) => notice.append(signInForm(signedIn)));
  return translate(notice);
}

/** Render the notice that the server has no index yet: the command that makes one, or an empty one. */
function noIndexNotice(check) {
  const notice = element("div", { class: "notice", role: "alert", testid: "error" },
    element("p", { i18n: "unready" }),
    element("p", {}, element("code", { i18n: "folder" })),
    element("button", { type: "button", class: "button", testid: "retry", i18n: "check", onclick: check }), " ",
    element("button", { type: "button", class: "button", testid: "begin", i18n: "begin", onclick: () => begin(notice, check) }));
  return translate(notice);
}

async function begin(notice, check) {
  notice.replaceChildren(translate(element("p", { role: "status", i18n: "beginning" })));
  const { beginIndex } = await import("./beginning.js");
  try {
    await beginIndex();
    check();
  } catch (error) {
    notice.replaceWith(errorNotice(toRequestError(error), { retry: check }));
  }
}
