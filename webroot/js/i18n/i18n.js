/// Texts in the shopper's language: Spanish unless English was chosen. The choice is kept in this browser. English is
/// fetched where it is read.

import es from "./es.js";

const kKey = "zoco.idioma";
const kTexts = { es: {}, en: {} };
const kTables = []; // of {load, isThere}: the English ones
const kLocales = { es: "es-ES", en: "en-GB" };
const kEvent = "zoco-language";

export const kLanguages = Object.keys(kTexts);

function stored() {
  try {
    return localStorage.getItem(kKey);
  } catch {
    return null; // storage may be forbidden: the choice then lasts as long as the page
  }
}

let current = kLanguages.includes(stored()) ? stored() : "es";

export function language() {
  return current;
}

/// English texts as the page needs them.
async function loadEnglish(table) {
  if (table.isThere) return;
  Object.assign(kTexts.en, (await table.load()).default);
  table.isThere = true;
}

/// More texts, for the pages that have them: {key: text} in Spanish, and how to load the English ones. Await it: then they
/// are there in the language of the moment.
export async function addTexts(spanish, load) {
  Object.assign(kTexts.es, spanish);
  const table = { load, isThere: false };
  kTables.push(table);
  if (current === "es") return;
  await loadEnglish(table).catch(() => { current = "es"; }); // without them in Spanish
  translatePage();
}

/// For Intl: numbers and money as that language writes them.
export function locale() {
  return kLocales[current];
}

export function formatNumber(value) {
  return new Intl.NumberFormat(locale(), { useGrouping: "always" }).format(value);
}

/// The text of `key`, {name} replaced by params.name (numbers written as the language does). A text that is an object
/// has plural forms, chosen by params.n. An unknown key is a mistake of ours and throws.
export function t(key, params = {}) {
  let text = kTexts[current][key];
  if (text === undefined) throw new Error(`No text "${key}" in ${current}`);
  if (typeof text === "object") text = text[new Intl.PluralRules(locale()).select(params.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = params[name];
    return typeof value === "number" ? formatNumber(value) : String(value);
  });
}

/// Whether there is a text for `key`: for keys that come from outside.
export function hasText(key) {
  return Object.hasOwn(kTexts[current], key);
}

/// Fills the fixed parts of the page: elements with data-t="key".
function translatePage() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll("[data-t]")) {
    if (hasText(element.dataset.t)) element.textContent = t(element.dataset.t); // others come with texts that are under way
  }
}

/// Throws when the texts cannot be fetched; then the language stays.
export async function setLanguage(chosen) {
  if (chosen === current || !kLanguages.includes(chosen)) return;
  while (chosen === "en" && kTables.some(({ isThere }) => !isThere)) await Promise.all(kTables.map(loadEnglish)); // more may come meanwhile
  current = chosen;
  try {
    localStorage.setItem(kKey, chosen);
  } catch {
    // as in stored()
  }
  translatePage();
  document.dispatchEvent(new Event(kEvent));
}

/// Calls `handler` after each change of language, until `signal` aborts.
export function onLanguage(handler, signal) {
  document.addEventListener(kEvent, handler, { signal });
}

await addTexts(es, () => import("./en.js"));
