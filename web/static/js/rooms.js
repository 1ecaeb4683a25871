// The views that are not needed for the first question: each is loaded when it is first opened.

const loaded = new Map();

/** Return what `make` makes, once for all calls with this name. */
function once(name, make) {
  if (!loaded.has(name)) loaded.set(name, make());
  return loaded.get(name);
}

/** The reading room: {showArticle, abandonArticle}. */
export function reading() {
  return once("reading", () => import("./reading/article_view.js"));
}

/** Stop opening an article, if one is being opened. */
export async function abandonArticle() {
  if (loaded.has("reading")) (await reading()).abandonArticle();
}

/** The panel of uploads; `added()` is called when articles came. */
export function uploads(added) {
  return once("uploads", async () => {
    const { Uploads } = await import("./articles/uploads.js");
    return new Uploads(async () => {
      added();
      if (loaded.has("articles")) (await loaded.get("articles")).refresh();
    });
  });
}

/** The list of articles in `view`; `askWithin(article)` asks a single one, `changed()` hears of changes. */
export function articles(view, { askWithin, changed }) {
  return once("articles", async () => {
    const [{ ArticleList }, panel] = await Promise.all([import("./articles/articles_view.js"), uploads(changed)]);
    return new ArticleList(view, { uploads: panel, askWithin, changed });
  });
}

/** The owner's list of unanswered questions in `view`. */
export function unanswered(view) {
  return once("unanswered", async () => new (await import("./unanswered/unanswered_view.js")).Unanswered(view));
}
