// Entry point: starts the parts of the page and shows the view that the address after "#" names.

import { abandonArticle, showArticle } from "./reading/article_view.js";
import { ArticleList } from "./articles/articles_view.js";
import { Chat } from "./chat/chat.js";
import { initLanguage } from "./core/i18n.js";
import { routeOf } from "./core/routes.js";
import { welcome } from "./chat/welcome.js";

const byId = (id) => document.getElementById(id);
const { body } = document;
let current = null; // the route in view
const chatPlace = { top: 0, focus: null };

initLanguage(byId("language"));
const list = new ArticleList(byId("articles-view"));
const chat = new Chat(byId("chat-view"), {
  announce: (text) => { byId("announcer").textContent = text; },
  changed: () => {
    body.classList.toggle("talking", !chat.isEmpty);
    if (chat.isEmpty) showWelcome();
  },
});
showWelcome();
addEventListener("hashchange", show);
addEventListener("keydown", closeOnEscape);
byId("skip").addEventListener("click", skipToContent);
show();

function showWelcome() {
  welcome({ count: byId("article-count"), notices: byId("notices"), samples: byId("samples") });
}

function show() {
  const route = routeOf(location.hash);
  const back = backLink(current);
  saveChatPlace();
  current = { ...route, back };
  body.dataset.view = route.view;
  body.classList.toggle("beside", route.view === "article" && back.key !== "backToList");
  resetTitle();
  markCurrentLinks();
  if (route.view === "article") showArticle(byId("article-view"), route, back);
  else abandonArticle();
  if (route.view === "articles") list.show(route);
  if (route.view === "chat") restoreChatPlace();
}

/** Return target and message of an article's back link: the list if it was opened there, else the chat. */
function backLink(previous) {
  if (previous?.view === "article") return previous.back;
  if (previous?.view === "articles") return { href: list.address, key: "backToList" };
  return { href: "/#/", key: chat.isEmpty ? "toAsk" : "back" };
}

// Some browsers drop the scroll position of a hidden view.
function saveChatPlace() {
  if (chat.scroller.clientHeight) chatPlace.top = chat.scroller.scrollTop;
  if (byId("chat-view").contains(document.activeElement)) chatPlace.focus = document.activeElement;
}

function restoreChatPlace() {
  chat.scroller.scrollTo({ top: chatPlace.top, behavior: "instant" });
  const wasLink = chatPlace.focus?.isConnected && chatPlace.focus.closest("#chat-view a");
  if (wasLink) chatPlace.focus.focus({ preventScroll: true });
  else if (matchMedia("(hover: hover)").matches) chat.composer.focus();
  chat.composer.refresh();
}

/** Mark the links that lead to where the reader is: in the chat, and at the top of the page. */
function markCurrentLinks() {
  for (const link of document.querySelectorAll("#turns a, .masthead nav a")) {
    const isHere = link.dataset.route ? link.dataset.route === current.view : link.hash === location.hash;
    if (isHere) link.setAttribute("aria-current", link.dataset.route ? "page" : "true");
    else link.removeAttribute("aria-current");
  }
}

function resetTitle() {
  if (current?.view !== "article") document.title = "依据 Yiju";
}

function closeOnEscape(event) {
  if (event.key !== "Escape" || current.view !== "article" || event.target.closest("textarea, input")) return;
  location.href = current.back.href;
}

// The address after "#" is the route, so the skip link moves the focus itself.
function skipToContent(event) {
  event.preventDefault();
  byId("views").focus();
}
