// The interface language, and the translation of every interface message on the page.
//
// Elements name their message by key (data-i18n, data-i18n-label, data-i18n-title, data-i18n-placeholder,
// placeholders in data-i18n-values; dates in data-date), so that switching is one walk over the page.

import { stored, store } from "./storage.js";

export const LANGUAGES = { "zh-Hans": "简体中文", "zh-Hant": "繁體中文", en: "English" };

const KEY = "language";
const DATE_LOCALES = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", en: "en-GB" };
const TRADITIONAL = /^zh-(tw|hk|mo|hant)\b/;
const listeners = [];
let language = "en";
let messages = {};

/** Return the language tag of the interface: "zh-Hans", "zh-Hant" or "en". */
export function currentLanguage() {
  return language;
}

/** Return the message of that key: message("counter", {count: 3, limit: 5}) → "3 / 5". */
export function message(key, values = {}) {
  const text = messages[key];
  if (text === undefined) throw new Error(`There is no message “${key}” in ${language}.`);
  return text.replace(/\{(\w+)\}/g, (_, name) => formatValue(values[name]));
}

function formatValue(value) {
  return typeof value === "number" ? value.toLocaleString(language) : String(value ?? "");
}

/** Call `listener` after every change of the language. */
export function onLanguageChange(listener) {
  listeners.push(listener);
}

/** Take the language that the reader chose, or else the first of the browser's that there is. */
export async function initLanguage() {
  const chosen = stored(KEY);
  await use(Object.hasOwn(LANGUAGES, chosen) ? chosen : preferredLanguage(navigator.languages ?? [navigator.language]));
}

/** Switch to a language and remember it. */
export async function setLanguage(tag) {
  store(KEY, tag);
  await use(tag);
}

/** Return the first of the reader's languages that has messages: ["fr", "zh-TW"] → "zh-Hant". */
export function preferredLanguage(tags) {
  for (const tag of tags.map((value) => String(value).toLowerCase())) {
    if (TRADITIONAL.test(tag)) return "zh-Hant";
    if (tag.startsWith("zh")) return "zh-Hans";
    if (tag.startsWith("en")) return "en";
  }
  return "en";
}

async function use(tag) {
  ({ MESSAGES: messages } = await import(`./messages/${tag}.js`));
  language = tag;
  document.documentElement.lang = tag;
  translate(document.documentElement);
  for (const listener of listeners) listener();
}

/** Show a message in an element, now and after every change of the language. */
export function setMessage(node, key, values = {}) {
  Object.assign(node.dataset, { i18n: key, i18nValues: JSON.stringify(values) });
  translateElement(node);
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
  if (dataset.i18nTitle) node.title = message(dataset.i18nTitle, values);
  if (dataset.i18nPlaceholder) node.placeholder = message(dataset.i18nPlaceholder, values);
  if (dataset.date) node.textContent = formatDate(dataset.date);
}

/** Format an ISO date: "2016-09-30" → "2016年9月30日", "2016-09" → "2016年9月". */
export function formatDate(iso) {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso);
  if (!parts) return iso;
  const [, year, month, day] = parts;
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  if (Number.isNaN(date.getTime())) return iso;
  const options = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = language === "en" ? "short" : "long";
  if (day) options.day = "numeric";
  return new Intl.DateTimeFormat(DATE_LOCALES[language], options).format(date);
}

/** Format how long ago an instant was: "3 分钟前", "yesterday", "just now". */
export function formatAgo(instant, now = Date.now()) {
  const seconds = Math.round((instant - now) / 1000);
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat(DATE_LOCALES[language], { numeric: "auto" });
  return unit === "second" ? message("justNow") : format.format(Math.round(seconds / length), unit);
}
