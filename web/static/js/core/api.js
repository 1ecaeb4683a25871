// Requests to the JSON API. Questions are streamed, see sse.js.

import { RequestError, errorFromResponse, toRequestError } from "./errors.js";
import { currentLanguage } from "./i18n.js";

/** Headers of every request: the details of errors come in the reader's language. */
export function baseHeaders() {
  return { Accept: "application/json", "Accept-Language": currentLanguage() };
}

/** Fetch the JSON at `path`. Throws a RequestError, or the browser's AbortError when aborted. */
export async function getJson(path, { signal } = {}) {
  return (await send(path, { signal })).json();
}

/** Send a request with `body` as JSON; return the JSON of the answer, or null if it has none. */
export async function sendJson(method, path, body, { signal } = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await send(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
  return response.status === 204 ? null : response.json();
}

async function send(path, { method = "GET", headers = {}, body, signal }) {
  try {
    const response = await fetch(path, { method, body, signal, headers: { ...baseHeaders(), ...headers } });
    if (!response.ok) throw await errorFromResponse(response);
    return response;
  } catch (error) {
    if (signal?.aborted || error instanceof RequestError) throw error;
    throw toRequestError(error);
  }
}

/** Fetch a page of the articles that match, with the numbers of those of each source and year. */
export function getArticles({ query = "", source = "", year = "", sort = "", page = 1, signal } = {}) {
  const given = Object.entries({ q: query, source, year, sort, page }).filter(([, value]) => value !== "");
  return getJson(`api/articles?${new URLSearchParams(given)}`, { signal });
}

/** Fetch an article, as of an index version if given. */
export function getArticle(id, { version, signal } = {}) {
  const query = version ? `?${new URLSearchParams({ index_version: version })}` : "";
  return getJson(`api/articles/${encodeURIComponent(id)}${query}`, { signal });
}

/** Fetch questions that the articles can answer, those in the reader's language first. */
export async function getSuggestions({ article } = {}) {
  const parameters = new URLSearchParams({ lang: currentLanguage().slice(0, 2) });
  if (article) parameters.set("article", article);
  return (await getJson(`api/suggestions?${parameters}`)).suggestions;
}
