// GET requests to the JSON API. Questions are streamed, see sse.js.

import { errorFromResponse, toRequestError } from "./errors.js";

/** Fetch the JSON at `path`. Throws a RequestError, or the browser's AbortError when aborted. */
export async function getJson(path, { signal } = {}) {
  try {
    const response = await fetch(path, { signal, headers: { Accept: "application/json" } });
    if (!response.ok) throw await errorFromResponse(response);
    return await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw toRequestError(error);
  }
}

/** Tell whether the server has an index loaded. Throws a RequestError when it can't be reached. */
export async function isReady() {
  try {
    return (await fetch("/readyz", { cache: "no-store" })).status !== 503;
  } catch (error) {
    throw toRequestError(error);
  }
}

/** Fetch a page of the articles whose title, source or id contains `query`. */
export function getArticles({ query = "", page = 1, signal } = {}) {
  return getJson(`/api/articles?${new URLSearchParams({ q: query, page })}`, { signal });
}

/** Fetch an article, as of an index version if given. */
export function getArticle(id, { version, signal } = {}) {
  const query = version ? `?${new URLSearchParams({ index_version: version })}` : "";
  return getJson(`/api/articles/${encodeURIComponent(id)}${query}`, { signal });
}
