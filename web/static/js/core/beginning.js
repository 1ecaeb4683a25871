// Makes the first index, without articles, where nothing was ever built.

import { getJson, sendJson } from "./api.js";

const POLL_MS = 500;

/** Have the server make an index, and wait until it is there. Throws a RequestError if that fails. */
export async function beginIndex() {
  await sendJson("POST", "api/index/rebuild");
  for (let tries = 1; ; tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
    try {
      return await getJson("readyz");
    } catch (error) {
      if (error.status !== 503 || tries === 120) throw error;
    }
  }
}
