// The menu of settings: the language of the page, its colour scheme, and the key in use.

import { element } from "./dom.js";
import { LANGUAGES, currentLanguage, setLanguage, translate } from "./i18n.js";
import { store, stored } from "./storage.js";

const THEMES = { system: "themeSystem", light: "themeLight", dark: "themeDark" };

/** Fill the popover `menu`. */
export function settingsMenu(menu) {
  const languages = element("select", { class: "field", testid: "language", onchange: () => setLanguage(languages.value) },
    Object.entries(LANGUAGES).map(([tag, name]) =>
      element("option", { value: tag, lang: tag, selected: tag === currentLanguage() }, name)));
  const themes = element("select", { class: "field", testid: "theme", onchange: () => setTheme(themes.value) },
    Object.entries(THEMES).map(([theme, key]) =>
      element("option", { value: theme, i18n: key, selected: theme === (stored("theme") ?? "system") })));
  const access = element("div");
  menu.addEventListener("beforetoggle", ({ newState }) => { if (newState === "open") showAccess(access); });
  menu.replaceChildren(translate(element("div", { class: "settings" },
    element("label", {}, element("span", { i18n: "language" }), languages),
    element("label", {}, element("span", { i18n: "theme" }), themes),
    access)));
}

// Loaded when the menu is opened; without the server there is nothing to tell.
async function showAccess(place) {
  const { showSession } = await import("../access/sign_in.js");
  await showSession(place).catch(() => place.replaceChildren());
}

function setTheme(theme) {
  store("theme", theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
