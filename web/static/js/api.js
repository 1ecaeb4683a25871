// Asking the server for JSON.

import { asFailure, failureOf } from "./errors.js";

/** The JSON under `path`. Throws a Failure; an aborted call throws the browser's AbortError. */
export async function getJson(path, { signal } = {}) {
  try {
    const response = await fetch(path, { signal, headers: { Accept: "application/json" } });
    if (!response.ok) throw await failureOf(response);
    return await response.json();
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw asFailure(thrown);
  }
}

/** Whether the server has an index loaded; a server that can't be reached throws a Failure. */
export async function isReady() {
  try {
    return (await fetch("/readyz", { cache: "no-store" })).status !== 503;
  } catch (thrown) {
    throw asFailure(thrown);
  }
}

/** A page of the articles whose title or text fits `query`. */
export function getArticles({ query = "", page = 1, signal } = {}) {
  return getJson(`/api/articles?${new URLSearchParams({ q: query, page })}`, { signal });
}

/** An article, as it was in an index version when one is given. */
export function getArticle(id, { version, signal } = {}) {
  const asked = version ? `?${new URLSearchParams({ index_version: version })}` : "";
  return getJson(`/api/articles/${encodeURIComponent(id)}${asked}`, { signal });
}
