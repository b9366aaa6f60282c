import { locale } from "../i18n/i18n.js";

const kCodes = ("ES AD AT BE BG CH CY CZ DE DK EE FI FR GB GR HR HU IE IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK SM").split(" ");

/// The countries that we send to: [{value: "ES", text: "España"}, …], Spain first, the others in the language's order.
export function countries() {
  const names = new Intl.DisplayNames(locale(), { type: "region" });
  const [own, ...others] = kCodes.map((value) => ({ value, text: names.of(value) }));
  return [own, ...others.sort((a, b) => a.text.localeCompare(b.text, locale()))];
}

export function countryName(code) {
  return new Intl.DisplayNames(locale(), { type: "region" }).of(code);
}
