// Conversations, kept in this browser (IndexedDB).
//
// A conversation is {id, title, created, updated, scope, turns: [{question, asked, answer, helpful}]}:
// `created`, `updated` and `asked` in milliseconds, `answer` an answer of the API or null where it was
// stopped or failed. A summary is {id, title, updated, words}; lists are made of them alone.

const DATABASE = "yiju";
const VERSION = 1;
const WORDS = 4000; // characters of a summary that are searched

/** Kept conversations. Other windows hear of changes; `onChange` is called after each. */
export class ConversationStore {
  /** Open the store. Where the browser keeps nothing, conversations last as long as the page. */
  static async open() {
    const database = await openDatabase().catch(() => null);
    return new ConversationStore(database);
  }

  constructor(database) {
    this.database = database;
    this.visit = new Map();
    this.listeners = [];
    this.channel = new BroadcastChannel("yiju.conversations");
    this.channel.addEventListener("message", () => this.#tell());
  }

  /** Whether conversations are still there after a reload. */
  get isLasting() {
    return this.database !== null;
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /** Return the summaries, the latest first. */
  async summaries() {
    const all = this.database
      ? await result(this.database.transaction("summaries").objectStore("summaries").getAll())
      : [...this.visit.values()].map(summaryOf);
    return all.sort((first, second) => second.updated - first.updated);
  }

  /** Return a conversation, or null. */
  async get(id) {
    if (!this.database) return structuredClone(this.visit.get(id) ?? null);
    return (await result(this.database.transaction("conversations").objectStore("conversations").get(id))) ?? null;
  }

  async save(conversation) {
    if (this.database) {
      const change = this.database.transaction(["conversations", "summaries"], "readwrite");
      change.objectStore("conversations").put(conversation);
      change.objectStore("summaries").put(summaryOf(conversation));
      await finished(change);
    } else {
      this.visit.set(conversation.id, structuredClone(conversation));
    }
    this.#changed();
  }

  /** Delete a conversation and return it, so that it can be saved again; null if there is none. */
  async remove(id) {
    const conversation = await this.get(id);
    if (this.database) {
      const change = this.database.transaction(["conversations", "summaries"], "readwrite");
      change.objectStore("conversations").delete(id);
      change.objectStore("summaries").delete(id);
      await finished(change);
    }
    this.visit.delete(id);
    this.#changed();
    return conversation;
  }

  async rename(id, title) {
    const conversation = await this.get(id);
    if (conversation) await this.save({ ...conversation, title });
  }

  #changed() {
    this.channel.postMessage("changed");
    this.#tell();
  }

  #tell() {
    for (const listener of this.listeners) listener();
  }
}

/** Return a new conversation that begins with a question. */
export function newConversation(question, scope) {
  const now = Date.now();
  // crypto.randomUUID is offered to https and localhost alone.
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { id, title: titleOf(question), created: now, updated: now, scope, turns: [] };
}

function titleOf(question) {
  const letters = [...question.replace(/\s+/g, " ")];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : letters.join("");
}

function summaryOf({ id, title, updated, turns }) {
  const said = turns.flatMap(({ question, answer }) => [question, answer?.answer ?? ""]);
  return { id, title, updated, words: [title, ...said].join("\n").slice(0, WORDS).toLowerCase() };
}

// Async, as even asking for the database throws where storage is switched off.
async function openDatabase() {
  const request = indexedDB.open(DATABASE, VERSION);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore("conversations", { keyPath: "id" });
    request.result.createObjectStore("summaries", { keyPath: "id" });
  });
  return result(request);
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error));
  });
}
