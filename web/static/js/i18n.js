// Which language the interface speaks, and keeping every interface text on the page in it.
//
// An element says which text it shows (data-words, data-words-label, data-words-placeholder, with
// data-values to fill in; data-date for a date), so that switching is one walk over the page.

import { WORDS } from "./messages.js";

const KEY = "yiju.language";
const LOCALES = { zh: "zh-Hans", en: "en" };
const listeners = [];
let language = "zh";

/** The interface text of that name: say("confidence", {percent: 93}) → "可信度 93%". */
export function say(name, values = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (_, key) => shown(values[key]));
}

function shown(value) {
  return typeof value === "number" ? value.toLocaleString(LOCALES[language]) : String(value ?? "");
}

/** Calls back whenever the language has changed. */
export function onLanguage(listener) {
  listeners.push(listener);
}

/** Speaks the reader's language from now on, and offers the other one on the button. */
export function startLanguage(button) {
  language = remembered() ?? preferred(navigator.languages ?? [navigator.language]);
  button.addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    remember(language);
    speak(button);
  });
  speak(button);
}

/** The first of the reader's languages that we speak: ["fr", "zh-TW", "en"] → "zh". */
export function preferred(tags) {
  const known = tags.map((tag) => String(tag).slice(0, 2).toLowerCase()).find((tag) => Object.hasOwn(WORDS, tag));
  return known ?? "en";
}

/** Fills in every interface text under `root`, itself included. */
export function translate(root) {
  for (const each of [root, ...root.querySelectorAll("*")]) translateOne(each);
  return root;
}

function translateOne(node) {
  const { dataset } = node;
  const values = dataset.values ? JSON.parse(dataset.values) : {};
  if (dataset.words) node.textContent = say(dataset.words, values);
  if (dataset.wordsLabel) node.setAttribute("aria-label", say(dataset.wordsLabel, values));
  if (dataset.wordsPlaceholder) node.placeholder = say(dataset.wordsPlaceholder, values);
  if (dataset.date) node.textContent = dateText(dataset.date);
}

/** An ISO date as it is read: "2016-09-30" → "2016年9月30日", "2016-09" → "2016年9月". */
function dateText(iso) {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso);
  if (!parts) return iso;
  const [, year, month, day] = parts;
  const moment = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  if (Number.isNaN(moment.getTime())) return iso;
  const options = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = language === "zh" ? "long" : "short";
  if (day) options.day = "numeric";
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", options).format(moment);
}

function speak(button) {
  document.documentElement.lang = LOCALES[language];
  button.textContent = say("other");
  button.lang = language === "zh" ? "en" : "zh-Hans";
  translate(document.body);
  for (const listener of listeners) listener();
}

// Storage may be switched off, and then even reading it throws: the choice lasts for this visit.
function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    return Object.hasOwn(WORDS, kept) ? kept : null;
  } catch {
    return null;
  }
}

function remember(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The page works without it.
  }
}
