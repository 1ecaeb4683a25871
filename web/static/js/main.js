// Entry point: starts the parts of the page and shows the view that the address after "#" names.

import { watchDrops } from "./articles/dropped_files.js";
import { Chat } from "./chat/chat.js";
import { welcome } from "./chat/welcome.js";
import { ConversationStore } from "./conversations/conversation_store.js";
import { Rail } from "./conversations/rail.js";
import { citationsOf } from "./core/answers.js";
import { closeDrawer, initFrame } from "./core/frame.js";
import { initLanguage, onLanguageChange } from "./core/i18n.js";
import { conversationLink, routeOf } from "./core/routes.js";
import { settingsMenu } from "./core/settings_menu.js";
import { toast } from "./core/toast.js";
import * as rooms from "./rooms.js";

const byId = (id) => document.getElementById(id);
const { body } = document;
let current = null; // the route in view
const chatPlace = { top: 0, focus: null };

await initLanguage();
settingsMenu(byId("settings-menu"));
const store = await ConversationStore.open();
const chat = new Chat(byId("chat-view"), {
  store,
  announce: (text) => { byId("announcer").textContent = text; },
  changed: showConversation,
});
const rail = new Rail(byId("rail"), store, { left: leaveConversation });
initFrame();
showWelcome();
onLanguageChange(showWelcome);
addEventListener("signedin", showWelcome);
addEventListener("hashchange", (event) => show(new URL(event.oldURL).hash));
addEventListener("keydown", onKey);
watchDrops(document, async (files) => (await rooms.uploads(showWelcome)).add(files));
// Offered over https and on this machine alone.
navigator.serviceWorker?.register("worker.js");
await show("");
body.dataset.ready = "";

function showWelcome() {
  welcome({ count: byId("article-count"), notices: byId("notices"), more: byId("welcome-more") }, {
    ask: (question) => chat.ask(question),
    uploads: () => rooms.uploads(showWelcome),
  });
}

/** Show the view of the address; `former` is the address that the reader came from. */
async function show(former) {
  const route = routeOf(location.hash);
  const back = backLink(former);
  saveChatPlace();
  current = { ...route, back };
  body.dataset.view = route.view;
  body.classList.toggle("beside", route.view === "article" && back.key !== "backToList");
  closeDrawer();
  if (route.view !== "article") rooms.abandonArticle();
  if (route.view === "chat") await showChat(route);
  markCurrentLinks();
  titlePage();
  if (route.view === "article") await showCited(route);
  if (route.view === "articles") await (await rooms.articles(byId("articles-view"), { askWithin, changed: showWelcome })).show(route);
  if (route.view === "unanswered") await (await rooms.unanswered(byId("unanswered-view"))).show(route);
}

async function showChat({ conversation, question }) {
  if (question) {
    chat.fresh();
    chat.ask(question);
  } else if (conversation) {
    if (!(await chat.open(conversation))) {
      toast("goneConversation");
      history.replaceState(null, "", "./#/");
      chat.fresh();
    }
  } else if (!chat.isEmpty) {
    chat.fresh();
  }
  restoreChatPlace();
}

// A reload beside an open article brings its conversation back as well.
async function showCited(route) {
  if (chat.isEmpty && route.conversation && (await chat.open(route.conversation))) current.back = backLink("");
  const { back } = current;
  const { showArticle } = await rooms.reading();
  await showArticle(byId("article-view"), route, { back, citations: await citedBy(route), askWithin });
  markCurrentLinks();
}

/** Return the citations of the answer that an article was opened from, with the short answers of each. */
async function citedBy({ conversation, turn }) {
  const kept = conversation === null ? null : await store.get(conversation);
  const answer = kept?.turns[turn]?.answer;
  if (!answer) return [];
  const { short_answer: short, entries = [] } = answer.possible ?? answer;
  return citationsOf(answer).map((citation, index) => ({
    ...citation,
    answers: [short, ...entries.filter((entry) => entry.citation === index).map((entry) => entry.short_answer)].filter(Boolean),
  }));
}

/** Ask a single article: a new conversation, limited to it. */
async function askWithin(article) {
  await goTo("./#/");
  chat.scope.set({ articles: [article] });
}

function leaveConversation(id) {
  chat.forget(id);
  if (current.view === "chat") goTo("./#/");
}

async function goTo(address) {
  const former = location.hash;
  history.pushState(null, "", address);
  await show(former);
}

/** Follow the chat: its address, what is marked in the list, what is shown of an empty one. */
function showConversation() {
  body.classList.toggle("talking", !chat.isEmpty);
  if (chat.id && current?.view === "chat") history.replaceState(null, "", conversationLink(chat.id));
  rail.mark(chat.id);
  for (const link of document.querySelectorAll("a[data-route=chat]")) link.href = chatAddress();
  if (current) titlePage();
  if (chat.isEmpty) showWelcome();
}

function chatAddress() {
  return chat.id ? conversationLink(chat.id) : "./#/";
}

/** Return target and message of an article's back link: the list if it was opened there, else the chat. */
function backLink(former) {
  if (routeOf(former).view === "article" && current) return current.back;
  if (routeOf(former).view === "articles") return { href: `./${former}`, key: "backToList" };
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
  const isTyping = event.target.closest?.("textarea, input, select, [popover]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && current.view === "article") location.href = current.back.href;
  if (event.key === "/") {
    event.preventDefault();
    if (byId("chat-view").checkVisibility()) chat.composer.focus();
    else location.href = chatAddress();
  }
}
