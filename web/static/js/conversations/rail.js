// The list of conversations: by day, searched, renamed, exported, deleted with undo.

import { element, iconButton } from "../core/dom.js";
import { message, onLanguageChange, translate } from "../core/i18n.js";
import { icon } from "../core/icons.js";
import { conversationLink } from "../core/routes.js";
import { toast } from "../core/toast.js";
import { conversationMarkdown } from "./markdown.js";

const DAY_MS = 86_400_000;

/** The list in `view`; `left(id)` is called when the conversation of that id was deleted. */
export class Rail {
  constructor(view, store, { left }) {
    this.store = store;
    this.left = left;
    this.current = null;
    this.search = element("input", {
      type: "search", class: "field", autocomplete: "off", testid: "find-conversation",
      label: "findConversation", "data-i18n-placeholder": "findConversation", oninput: () => this.refresh(),
    });
    this.list = element("div", { class: "conversations", testid: "conversations" });
    view.replaceChildren(translate(element("div", { class: "rail-content" },
      element("a", { class: "fresh", href: "./#/", testid: "fresh" }, icon("plus"), element("span", { i18n: "fresh" })),
      this.search,
      this.list,
      !store.isLasting && element("p", { class: "detail", i18n: "unkept" }))));
    store.onChange(() => this.refresh());
    onLanguageChange(() => this.refresh());
    this.refresh();
  }

  /** Mark the conversation of that id as the one in view. */
  mark(id) {
    this.current = id;
    for (const link of this.list.querySelectorAll("a")) markCurrent(link, link.dataset.id === id);
  }

  async refresh() {
    const all = await this.store.summaries();
    const words = this.search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const matching = all.filter((summary) => words.every((word) => summary.words.includes(word)));
    this.search.hidden = all.length < 2 && !words.length;
    const none = all.length ? "noConversationFound" : "noConversation";
    this.list.replaceChildren(translate(element("div", {},
      matching.length ? byDay(matching).map((group) => this.#group(group)) : element("p", { class: "detail", i18n: none }))));
    this.mark(this.current);
  }

  #group([key, summaries]) {
    return element("section", {}, element("h2", { i18n: key }),
      element("ul", {}, summaries.map((summary) => this.#row(summary))));
  }

  #row({ id, title }) {
    const link = element("a", { href: conversationLink(id), "data-id": id, testid: "conversation-link" }, title);
    const menu = element("div", { popover: "auto", class: "menu" },
      element("button", { type: "button", testid: "rename", i18n: "rename", onclick: () => this.#rename(row, { id, title }) }),
      element("button", { type: "button", testid: "export", i18n: "exportMarkdown", onclick: () => { menu.hidePopover(); this.#export(id); } }),
      element("button", { type: "button", testid: "delete-conversation", i18n: "deleteConversation", onclick: () => this.#remove(id) }));
    const button = iconButton("more", "more", { "aria-haspopup": "menu", testid: "conversation-menu", onclick: () => openMenu(menu, button) });
    const row = element("li", {}, link, button, menu);
    return row;
  }

  #rename(row, { id, title }) {
    const field = element("input", { class: "field", value: title, maxlength: "100", label: "renameTo", testid: "rename-field" });
    let isOver = false;
    const end = async (isKept) => {
      if (isOver) return;
      isOver = true;
      const name = field.value.trim();
      if (isKept && name && name !== title) await this.store.rename(id, name);
      else await this.refresh();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) end(true);
      if (event.key === "Escape") end(false);
    });
    field.addEventListener("blur", () => end(true));
    row.replaceChildren(translate(field));
    field.select();
  }

  async #export(id) {
    const conversation = await this.store.get(id);
    if (conversation) download(`${fileName(conversation.title)}.md`, conversationMarkdown(conversation));
  }

  async #remove(id) {
    const conversation = await this.store.remove(id);
    if (!conversation) return;
    this.left(id);
    toast("deletedConversation", { values: { title: conversation.title }, undo: () => this.store.save(conversation) });
  }
}

/** Open a menu below its button, within the window. */
function openMenu(menu, button) {
  menu.showPopover();
  const { left, bottom } = button.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
}

function markCurrent(link, isCurrent) {
  if (isCurrent) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

/** Group summaries, which are in order: [["today", […]], ["yesterday", […]], …]. */
export function byDay(summaries, now = Date.now()) {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const keyOf = ({ updated }) => {
    if (updated >= midnight) return "today";
    if (updated >= midnight - DAY_MS) return "yesterday";
    return updated >= midnight - 7 * DAY_MS ? "lastWeek" : "earlier";
  };
  const groups = new Map();
  for (const summary of summaries) groups.set(keyOf(summary), [...(groups.get(keyOf(summary)) ?? []), summary]);
  return [...groups];
}

function fileName(title) {
  return title.replace(/[\\/:*?"<>|\p{Cc}]/gu, " ").trim() || message("conversation");
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
