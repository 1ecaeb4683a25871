// POST /api/ask/stream and the reading of its Server-Sent Events.
//
// EventSource can only GET, so the stream is read by hand, as in
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

import { Failure, asFailure, failureOf, problemOf } from "./errors.js";

/**
 * Asks, and yields {event, data} for `passages`, `delta` and, last of all, `answer`.
 *
 * Throws a Failure for an `error` event, a refused request, or a stream that ends without an
 * answer; the browser's AbortError when `signal` aborts.
 */
export async function* ask(request, signal) {
  try {
    const response = await fetch("/api/ask/stream", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(request),
      signal,
    });
    if (!response.ok) throw await failureOf(response);
    yield* untilAnswer(events(chunks(response.body)));
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw asFailure(thrown);
  }
}

async function* untilAnswer(stream) {
  for await (const { event, data } of stream) {
    const value = parsed(data);
    if (event === "error") throw problemOf(value);
    yield { event, data: value };
    if (event === "answer") return;
  }
  throw new Failure("interrupted");
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    throw new Failure("interrupted");
  }
}

/** The stream's chunks of bytes. A read that fails is an answer that broke off. */
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
  } catch (thrown) {
    throw thrown?.name === "AbortError" ? thrown : new Failure("interrupted");
  }
}

/** Chunks of bytes → events, wherever the borders fall: inside a character, a line, a CR LF. */
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

/** "data: {}" → ["data", "{}"]; a comment (": ping") has the empty field. */
function fieldOf(line) {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

/** Chunks of bytes → whole lines, ended by LF, CR or CR LF. An unfinished last line is dropped. */
async function* lines(source) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the very end may be half of a CR LF: it waits for the next chunk.
    const whole = rest.split(/\r\n|\n|\r(?!$)/);
    rest = whole.pop();
    yield* whole;
  }
  if (rest.endsWith("\r")) yield rest.slice(0, -1);
}
