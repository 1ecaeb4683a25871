// The interface language, and the translation of every interface message on the page.
//
// Elements name their message by key (data-i18n, data-i18n-label, data-i18n-placeholder, placeholders
// in data-i18n-values; dates in data-date), so that switching the language is one walk over the page.

import { MESSAGES } from "./messages.js";

const STORAGE_KEY = "yiju.language";
const LOCALES = { zh: "zh-Hans", en: "en" };
const listeners = [];
let language = "zh";

/** Return the message of that key: message("confidence", {percent: 93}) → "可信度 93%". */
export function message(key, values = {}) {
  return MESSAGES[language][key].replace(/\{(\w+)\}/g, (_, name) => formatValue(values[name]));
}

function formatValue(value) {
  return typeof value === "number" ? value.toLocaleString(LOCALES[language]) : String(value ?? "");
}

/** Call `listener` after every change of the language. */
export function onLanguageChange(listener) {
  listeners.push(listener);
}

/** Set the reader's language; `button` switches to the other one. */
export function initLanguage(button) {
  language = storedLanguage() ?? preferredLanguage(navigator.languages ?? [navigator.language]);
  button.addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    storeLanguage();
    applyLanguage(button);
  });
  applyLanguage(button);
}

/** Return the first of the reader's languages that has messages: ["fr", "zh-TW", "en"] → "zh". */
export function preferredLanguage(tags) {
  const known = tags.map((tag) => String(tag).slice(0, 2).toLowerCase()).find((tag) => Object.hasOwn(MESSAGES, tag));
  return known ?? "en";
}

/** Show a message in an element, now and after every change of the language. */
export function setMessage(node, key, values = {}) {
  Object.assign(node.dataset, { i18n: key, i18nValues: JSON.stringify(values) });
  translate(node);
}

/** Fill in every interface message in `root`, itself included. */
export function translate(root) {
  for (const node of [root, ...root.querySelectorAll("*")]) translateElement(node);
  return root;
}

function translateElement(node) {
  const { dataset } = node;
  const values = dataset.i18nValues ? JSON.parse(dataset.i18nValues) : {};
  if (dataset.i18n) node.textContent = message(dataset.i18n, values);
  if (dataset.i18nLabel) node.setAttribute("aria-label", message(dataset.i18nLabel, values));
  if (dataset.i18nPlaceholder) node.placeholder = message(dataset.i18nPlaceholder, values);
  if (dataset.date) node.textContent = formatDate(dataset.date);
}

/** Format an ISO date: "2016-09-30" → "2016年9月30日", "2016-09" → "2016年9月". */
function formatDate(iso) {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso);
  if (!parts) return iso;
  const [, year, month, day] = parts;
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  if (Number.isNaN(date.getTime())) return iso;
  const options = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = language === "zh" ? "long" : "short";
  if (day) options.day = "numeric";
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", options).format(date);
}

function applyLanguage(button) {
  document.documentElement.lang = LOCALES[language];
  button.textContent = message("other");
  button.lang = language === "zh" ? "en" : "zh-Hans";
  translate(document.body);
  for (const listener of listeners) listener();
}

// With storage switched off even reading throws: the choice then lasts for this visit.
function storedLanguage() {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return Object.hasOwn(MESSAGES, stored) ? stored : null;
  } catch {
    return null;
  }
}

function storeLanguage() {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // The page works without it.
  }
}
