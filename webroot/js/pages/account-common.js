/// What the pages about accounts have besides what every page has.
import "./common.js";
import "../i18n/account.js";
import { onLanguage, t } from "../i18n/i18n.js";

/// The page is called as the heading that is seen, in the language of the moment.
export function nameAsHeading() {
  const heading = [...document.querySelectorAll("main h1")].find((one) => !one.closest("[hidden]"));
  if (heading) document.title = t("title", { page: heading.textContent });
}

/// Gives `element` the text `key`, also when the language changes.
export function setText(element, key) {
  element.dataset.t = key;
  element.textContent = t(key);
}

/// Shows one of the parts of the page that have data-state, with the focus on its heading.
export function showState(name) {
  for (const part of document.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== name;
  document.querySelector(`[data-state="${name}"] h1`).focus();
  nameAsHeading();
}

/// Whether a problem says that the link of a mail no longer works.
export function isSpent({ slug, fields = [] }) {
  return slug === "ficha-caducada" || fields.some(({ puntero }) => puntero === "/ficha");
}

onLanguage(nameAsHeading);
