// Routes, as the address after "#": "#/", "#/articles?q=&page=", "#/article/{id}?start=&end=&v=".

/** Link to an article, to a range of it and an index version if given. */
export function articleLink({ article_id: id, start, end }, version) {
  const parameters = new URLSearchParams();
  if (start != null && end != null) {
    parameters.set("start", start);
    parameters.set("end", end);
  }
  if (version) parameters.set("v", version);
  return `/#/article/${encodeURIComponent(id)}${asQuery(parameters)}`;
}

/** Link to a page of the article list. */
export function listLink({ query = "", page = 1 } = {}) {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  if (page > 1) parameters.set("page", page);
  return `/#/articles${asQuery(parameters)}`;
}

function asQuery(parameters) {
  const text = String(parameters);
  return text && `?${text}`;
}

/** Parse a route: "#/article/a%2Fb?start=1&end=4" → {view: "article", id: "a/b", start: 1, end: 4, version: null}. */
export function routeOf(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  if (path.startsWith("/article/")) return { view: "article", id: decoded(path.slice(9)), ...range(parameters) };
  if (path === "/articles") return { view: "articles", query: parameters.get("q") ?? "", page: wholeNumber(parameters.get("page")) || 1 };
  return { view: "chat" };
}

function range(parameters) {
  const [start, end] = [wholeNumber(parameters.get("start")), wholeNumber(parameters.get("end"))];
  const version = parameters.get("v") || null;
  return start != null && end != null && start < end ? { start, end, version } : { start: null, end: null, version };
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
