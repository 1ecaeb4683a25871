// Start of the page, and which view is shown: the address after "#" decides.

import { abandonArticle, showArticle } from "./article_view.js";
import { ArticleList } from "./articles_view.js";
import { Chat } from "./chat.js";
import { startLanguage } from "./i18n.js";
import { routeOf } from "./routes.js";
import { welcome } from "./welcome.js";

const at = (id) => document.getElementById(id);
const { body } = document;
let shown = null;
let kept = { top: 0, focus: null };

startLanguage(at("language"));
const list = new ArticleList(at("articles-view"));
const chat = new Chat(at("chat-view"), {
  announce: (text) => { at("announcer").textContent = text; },
  changed: () => {
    body.classList.toggle("talking", !chat.isEmpty);
    if (chat.isEmpty) greet();
  },
});
greet();
addEventListener("hashchange", show);
addEventListener("keydown", leaveArticle);
at("skip").addEventListener("click", skip);
show();

function greet() {
  welcome({ count: at("article-count"), notices: at("notices"), samples: at("samples") });
}

function show() {
  const route = routeOf(location.hash);
  const before = shown;
  const back = wayBack(before);
  keepPlace();
  shown = { ...route, back };
  body.dataset.view = route.view;
  body.classList.toggle("beside", route.view === "article" && back.words !== "backToList");
  title();
  point();
  if (route.view === "article") showArticle(at("article-view"), route, back);
  else abandonArticle();
  if (route.view === "articles") list.show(route);
  if (route.view === "chat") returnToPlace();
}

/** Where an article's "back" leads: to the list, when it was opened there, else to the chat. */
function wayBack(before) {
  if (before?.view === "article") return before.back;
  if (before?.view === "articles") return { href: list.address, words: "backToList" };
  return { href: "/#/", words: chat.isEmpty ? "toAsk" : "back" };
}

// A view that isn't shown loses its scroll position in some browsers.
function keepPlace() {
  if (chat.scroller.clientHeight) kept.top = chat.scroller.scrollTop;
  if (at("chat-view").contains(document.activeElement)) kept.focus = document.activeElement;
}

function returnToPlace() {
  chat.scroller.scrollTo({ top: kept.top, behavior: "instant" });
  const wasLink = kept.focus?.isConnected && kept.focus.closest("#chat-view a");
  if (wasLink) kept.focus.focus({ preventScroll: true });
  else if (matchMedia("(hover: hover)").matches) chat.composer.focus();
  chat.composer.refresh();
}

/** Tells the open place's link in the chat, and the view's link at the top, from the others. */
function point() {
  for (const link of document.querySelectorAll("#turns a, .masthead nav a")) {
    const isHere = link.dataset.route ? link.dataset.route === shown.view : link.hash === location.hash;
    if (isHere) link.setAttribute("aria-current", link.dataset.route ? "page" : "true");
    else link.removeAttribute("aria-current");
  }
}

function title() {
  if (shown?.view !== "article") document.title = "依据 Yiju";
}

function leaveArticle(event) {
  if (event.key !== "Escape" || shown.view !== "article" || event.target.closest("textarea, input")) return;
  location.href = shown.back.href;
}

// The address after "#" belongs to the views, so the skip link moves the focus itself.
function skip(event) {
  event.preventDefault();
  at("views").focus();
}
