/// The language that the catalogue's own texts are in: names, stalls and descriptions stay as they are when the page is
/// read in another, and screen readers must be told (WCAG 3.1.2).

import { language } from "../i18n/i18n.js";
import { html } from "./html.js";

const kCatalogue = "es";

/// For an element whose text is the catalogue's: html`<p ${catalogueLang()}>${nombre}</p>`.
export function catalogueLang() {
  return language() === kCatalogue ? null : html`lang="${kCatalogue}"`;
}

/// The same for an element that is there: whether its text is the catalogue's may change.
export function markCatalogue(element, isCatalogue) {
  if (isCatalogue && language() !== kCatalogue) element.lang = kCatalogue;
  else element.removeAttribute("lang");
}
