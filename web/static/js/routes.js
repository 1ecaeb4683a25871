// The addresses inside the page: "#/", "#/articles?q=&page=", "#/article/{id}?start=&end=&v=".

/** The link that opens an article, at a range and as of an index version where given. */
export function articleLink({ article_id: id, start, end }, version) {
  const place = new URLSearchParams();
  if (start != null && end != null) {
    place.set("start", start);
    place.set("end", end);
  }
  if (version) place.set("v", version);
  return `/#/article/${encodeURIComponent(id)}${asQuery(place)}`;
}

/** The link to a page of the list of articles. */
export function listLink({ query = "", page = 1 } = {}) {
  const wanted = new URLSearchParams();
  if (query) wanted.set("q", query);
  if (page > 1) wanted.set("page", page);
  return `/#/articles${asQuery(wanted)}`;
}

function asQuery(parameters) {
  const text = String(parameters);
  return text && `?${text}`;
}

/** "#/article/a%2Fb?start=1&end=4" → {view: "article", id: "a/b", start: 1, end: 4, version: null}. */
export function routeOf(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const asked = new URLSearchParams(query);
  if (path.startsWith("/article/")) return { view: "article", id: decoded(path.slice(9)), ...range(asked) };
  if (path === "/articles") return { view: "articles", query: asked.get("q") ?? "", page: whole(asked.get("page")) || 1 };
  return { view: "chat" };
}

function range(asked) {
  const [start, end] = [whole(asked.get("start")), whole(asked.get("end"))];
  const version = asked.get("v") || null;
  return start != null && end != null && start < end ? { start, end, version } : { start: null, end: null, version };
}

function whole(text) {
  return /^\d{1,15}$/.test(text ?? "") ? Number(text) : null;
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
