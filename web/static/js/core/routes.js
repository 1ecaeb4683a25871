// Routes, as the address after "#": "#/" (a new conversation), "#/?q=" (asks), "#/c/{id}",
// "#/articles?q=&source=&year=&sort=&page=", "#/article/{id}?start=&end=&d=&v=&c=&n=", "#/unanswered".

/**
 * Link to an article, and to a range of it if given.
 *
 * A citation's `digest` is that of the article's text when it was cited: the range holds while it is
 * the same. `version` is an index version that has it as it was; `conversation` and `number` name the
 * answer whose other citations are shown as well.
 */
export function articleLink({ article_id: id, start, end, digest }, { version, conversation, turn } = {}) {
  const parameters = new URLSearchParams();
  if (start != null && end != null) {
    parameters.set("start", start);
    parameters.set("end", end);
  }
  if (digest) parameters.set("d", digest);
  if (version) parameters.set("v", version);
  if (conversation != null && turn != null) {
    parameters.set("c", conversation);
    parameters.set("n", turn);
  }
  return `./#/article/${encodeURIComponent(id)}${asQuery(parameters)}`;
}

/** Link to the article list; what is left out or empty is not limited. */
export function listLink({ query = "", source = "", year = "", sort = "", page = 1 } = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: query, source, year, sort })) if (value) parameters.set(name, value);
  if (page > 1) parameters.set("page", page);
  return `./#/articles${asQuery(parameters)}`;
}

/** Link to a conversation kept in this browser. */
export function conversationLink(id) {
  return `./#/c/${encodeURIComponent(id)}`;
}

/** Link that asks a question wherever it is opened. */
export function questionLink(question) {
  return `./#/?${new URLSearchParams({ q: question })}`;
}

function asQuery(parameters) {
  const text = String(parameters);
  return text && `?${text}`;
}

/** Parse a route: "#/article/a%2Fb?start=1&end=4" → {view: "article", id: "a/b", start: 1, end: 4, …}. */
export function routeOf(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  if (path.startsWith("/article/")) return { view: "article", id: decoded(path.slice(9)), ...range(parameters) };
  if (path === "/articles") return { view: "articles", ...listing(parameters) };
  if (path === "/unanswered") return { view: "unanswered", page: wholeNumber(parameters.get("page")) || 1 };
  if (path.startsWith("/c/")) return { view: "chat", conversation: decoded(path.slice(3)), question: null };
  return { view: "chat", conversation: null, question: parameters.get("q")?.trim() || null };
}

function listing(parameters) {
  return {
    query: parameters.get("q") ?? "",
    source: parameters.get("source") ?? "",
    year: parameters.get("year") ?? "",
    sort: parameters.get("sort") ?? "",
    page: wholeNumber(parameters.get("page")) || 1,
  };
}

function range(parameters) {
  const [start, end] = [wholeNumber(parameters.get("start")), wholeNumber(parameters.get("end"))];
  const isRange = start != null && end != null && start < end;
  return {
    start: isRange ? start : null,
    end: isRange ? end : null,
    digest: parameters.get("d") || null,
    version: parameters.get("v") || null,
    conversation: parameters.get("c") || null,
    turn: wholeNumber(parameters.get("n")),
  };
}

function wholeNumber(text) {
  return /^\d{1,15}$/.test(text ?? "") ? Number(text) : null;
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
