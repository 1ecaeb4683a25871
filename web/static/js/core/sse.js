// POST /api/ask/stream and a reader of its Server-Sent Events.
//
// EventSource can only GET, so the stream is parsed here, following
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

import { baseHeaders } from "./api.js";
import { RequestError, errorFromProblem, errorFromResponse, toRequestError } from "./errors.js";

/**
 * Ask, and yield {event, data} for `passages`, each `delta` and `answer`; then `writing` and `written` if a
 * language model writes.
 *
 * Throws a RequestError for an `error` event, a refused request, or a stream that ends without an
 * answer; the browser's AbortError when `signal` aborts.
 */
export async function* ask(request, signal) {
  try {
    const response = await fetch("api/ask/stream", {
      method: "POST",
      headers: { ...baseHeaders(), "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(request),
      signal,
    });
    if (!response.ok) throw await errorFromResponse(response);
    yield* untilEnd(events(chunks(response.body)));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw toRequestError(error);
  }
}

async function* untilEnd(stream) {
  let isAnswered = false;
  for await (const { event, data } of stream) {
    const value = parsed(data);
    if (event === "error") throw errorFromProblem(value);
    yield { event, data: value };
    isAnswered ||= event === "answer";
  }
  if (!isAnswered) throw new RequestError("interrupted");
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    throw new RequestError("interrupted");
  }
}

/** Yield a response's chunks of bytes. A failed read counts as an interrupted answer. */
async function* chunks(body) {
  const reader = body.getReader();
  try {
    for (let read = await next(reader); !read.done; read = await next(reader)) yield read.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function next(reader) {
  try {
    return await reader.read();
  } catch (error) {
    throw error?.name === "AbortError" ? error : new RequestError("interrupted");
  }
}

/** Parse chunks of bytes into events; a chunk may end inside a character, a line or a CR LF. */
export async function* events(source) {
  let event = "";
  let data = [];
  for await (const line of lines(source)) {
    if (line === "") {
      if (data.length) yield { event: event || "message", data: data.join("\n") };
      [event, data] = ["", []];
    } else {
      const [field, value] = fieldOf(line);
      if (field === "event") event = value;
      if (field === "data") data.push(value);
    }
  }
}

/** Split a line: "data: {}" → ["data", "{}"]; a comment (": ping") has an empty field name. */
function fieldOf(line) {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

/** Decode chunks of bytes into lines, ended by LF, CR or CR LF; an unfinished last line is dropped. */
async function* lines(source) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the end may be half of a CR LF: keep it for the next chunk.
    const whole = rest.split(/\r\n|\n|\r(?!$)/);
    rest = whole.pop();
    yield* whole;
  }
  if (rest.endsWith("\r")) yield rest.slice(0, -1);
}
