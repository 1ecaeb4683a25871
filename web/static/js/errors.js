// What can go wrong between page and server, and how it is told to the reader.

import { element } from "./dom.js";
import { translate } from "./i18n.js";

/** `kind` is "network", "interrupted" or "problem"; a problem has the server's own words. */
export class Failure extends Error {
  constructor(kind, { status = 0, title = "", detail = "", retryAfter = null } = {}) {
    super(detail || title || kind);
    Object.assign(this, { kind, status, title, detail, retryAfter });
  }
}

/** The failure that a response stands for, with the problem object when it holds one. */
export async function failureOf(response) {
  const problem = await response.json().catch(() => ({}));
  const seconds = Number.parseInt(response.headers.get("Retry-After"), 10);
  return problemOf({ ...problem, status: response.status }, Number.isNaN(seconds) ? null : seconds);
}

/** The failure that a problem object (RFC 9457) stands for. */
export function problemOf(problem, retryAfter = null) {
  const text = (value) => (typeof value === "string" ? value : "");
  return new Failure("problem", {
    status: Number(problem?.status) || 500,
    title: text(problem?.title),
    detail: text(problem?.detail),
    retryAfter,
  });
}

/** Whatever was thrown, as a failure: the browser's own errors mean that the network failed. */
export function asFailure(thrown) {
  return thrown instanceof Failure ? thrown : new Failure("network", { detail: thrown?.message });
}

const BY_STATUS = { 400: "unfit", 401: "locked", 403: "locked", 404: "nowhere", 413: "large", 415: "unfit", 422: "unfit" };

/** Name and values of the interface text for a failure. */
function told({ kind, status, retryAfter }) {
  if (kind !== "problem") return [kind, {}];
  const waiting = { 429: "often", 503: "busy" }[status];
  if (waiting && retryAfter) return [`${waiting}Seconds`, { seconds: retryAfter }];
  return [waiting ?? BY_STATUS[status] ?? "broken", {}];
}

/** A message for a failure, with the server's words below ours, and a button to try again. */
export function failureNotice(failure, { retry, words, note } = {}) {
  const [name, values] = told(failure);
  const detail = failure.kind === "problem" ? failure.detail || failure.title : "";
  return translate(
    element("div", { class: "notice", role: "alert", testid: "error" },
      element("p", { words: words ?? name, values }),
      detail && element("p", { class: "detail" }, detail),
      note && element("p", { class: "detail", words: note }),
      retry && element("button", { type: "button", class: "button", testid: "retry", words: "retry", onclick: retry }),
    ),
  );
}

/** The message that there is no index, with what to do about it. */
export function unreadyNotice(check) {
  return translate(
    element("div", { class: "notice", role: "alert", testid: "error" },
      element("p", { words: "unready" }),
      element("p", {}, element("code", { words: "folder" })),
      element("button", { type: "button", class: "button", testid: "retry", words: "check", onclick: check }),
    ),
  );
}
