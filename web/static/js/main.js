// Entry point: starts the parts of the page and shows the view that the address after "#" names.

import { ArticleList } from "./articles/articles_view.js";
import { invitation } from "./articles/invitation.js";
import { watchDrops } from "./articles/dropped_files.js";
import { Uploads } from "./articles/uploads.js";
import { Chat } from "./chat/chat.js";
import { welcome } from "./chat/welcome.js";
import { ConversationStore } from "./conversations/conversation_store.js";
import { Rail } from "./conversations/rail.js";
import { initLanguage, onLanguageChange, translate } from "./core/i18n.js";
import { conversationLink, routeOf } from "./core/routes.js";
import { settingsMenu } from "./core/settings_menu.js";
import { toast } from "./core/toast.js";
import { abandonArticle, showArticle } from "./reading/article_view.js";
import { Unanswered } from "./unanswered/unanswered_view.js";

const byId = (id) => document.getElementById(id);
const { body } = document;
let current = null; // the route in view
const chatPlace = { top: 0, focus: null };

await initLanguage();
settingsMenu(byId("settings-menu"));
const store = await ConversationStore.open();
const uploads = new Uploads(() => { showWelcome(); list.refresh(); });
const list = new ArticleList(byId("articles-view"), { uploads, askWithin, changed: showWelcome });
const unanswered = new Unanswered(byId("unanswered-view"));
const chat = new Chat(byId("chat-view"), {
  store,
  announce: (text) => { byId("announcer").textContent = text; },
  changed: showConversation,
});
const rail = new Rail(byId("rail"), store, {
  left: (id) => { chat.forget(id); if (current.view === "chat") goTo("/#/"); },
});
showWelcome();
onLanguageChange(showWelcome);
addEventListener("hashchange", show);
addEventListener("keydown", onKey);
watchDrops(document, (files) => uploads.add(files));
byId("skip").addEventListener("click", skipToContent);
byId("rail-button").addEventListener("click", toggleRail);
byId("rail").addEventListener("click", (event) => { if (event.target.closest("a")) closeDrawer(); });
body.dataset.ready = "";
await show();

function showWelcome() {
  welcome({ count: byId("article-count"), notices: byId("notices"), more: byId("welcome-more") }, {
    ask: (question) => chat.ask(question),
    invite: () => translate(invitation(uploads)),
  });
}

/** Show the view of the address. */
async function show() {
  const route = routeOf(location.hash);
  const back = backLink(current);
  saveChatPlace();
  current = { ...route, back };
  body.dataset.view = route.view;
  closeDrawer();
  if (route.view === "chat") await showChat(route);
  body.classList.toggle("beside", route.view === "article" && back.key !== "backToList");
  markCurrentLinks();
  titlePage();
  if (route.view === "article") await showCited(route, back);
  else abandonArticle();
  if (route.view === "articles") await list.show(route);
  if (route.view === "unanswered") await unanswered.show(route);
}

async function showChat({ conversation, question }) {
  if (question) {
    chat.fresh();
    chat.ask(question);
  } else if (conversation) {
    if (!(await chat.open(conversation))) {
      toast("goneConversation");
      goTo("/#/");
    }
  } else if (!chat.isEmpty) {
    chat.fresh();
  }
  restoreChatPlace();
}

// A reload beside an open article brings its conversation back as well.
async function showCited(route, back) {
  if (chat.isEmpty && route.conversation && (await chat.open(route.conversation))) back = backLink(null);
  body.classList.toggle("beside", back.key !== "backToList");
  await showArticle(byId("article-view"), route, { back, citations: await citationsOf(route), askWithin });
}

/** Ask a single article: a new conversation, limited to it. */
async function askWithin(article) {
  await goTo("/#/");
  chat.scope.set({ articles: [article] });
}

/** Return the citations of the answer that an article was opened from. */
async function citationsOf({ conversation, turn }) {
  const kept = conversation === null ? null : await store.get(conversation);
  const answer = kept?.turns[turn]?.answer;
  return (answer?.possible ?? answer)?.citations ?? [];
}

/** Follow the chat: its address, what is marked in the list, what is shown of an empty one. */
function showConversation() {
  body.classList.toggle("talking", !chat.isEmpty);
  if (chat.id && current.view === "chat") history.replaceState(null, "", conversationLink(chat.id));
  rail.mark(chat.id);
  for (const link of document.querySelectorAll("a[data-route=chat]")) link.href = chatAddress();
  titlePage();
  if (chat.isEmpty) showWelcome();
}

function chatAddress() {
  return chat.id ? conversationLink(chat.id) : "/#/";
}

function goTo(address) {
  history.pushState(null, "", address);
  return show();
}

/** Return target and message of an article's back link: the list if it was opened there, else the chat. */
function backLink(previous) {
  if (previous?.view === "article") return previous.back;
  if (previous?.view === "articles") return { href: list.address, key: "backToList" };
  return { href: chatAddress(), key: chat.isEmpty ? "toAsk" : "back" };
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

function titlePage() {
  if (current.view === "article") return; // the article sets its own
  const question = current.view === "chat" ? chat.conversation?.turns.at(-1)?.question : null;
  document.title = question ? `${question} · 依据` : "依据 Yiju";
}

// Escape closes an article; "/" goes to the question box, as readers know it from other sites.
function onKey(event) {
  const isTyping = event.target.closest("textarea, input, select, [popover]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && current.view === "article") location.href = current.back.href;
  if (event.key === "/") {
    event.preventDefault();
    if (byId("chat-view").checkVisibility()) chat.composer.focus();
    else location.href = chatAddress();
  }
}

// The list of conversations is beside the chat where there is room, else above it.
function toggleRail() {
  const isOpen = body.classList.toggle(matchMedia("(min-width: 72rem)").matches ? "railless" : "drawer");
  byId("rail-button").setAttribute("aria-expanded", String(body.classList.contains("drawer") ? isOpen : !isOpen));
}

function closeDrawer() {
  body.classList.remove("drawer");
}

// The address after "#" is the route, so the skip link moves the focus itself.
function skipToContent(event) {
  event.preventDefault();
  byId("views").focus();
}
