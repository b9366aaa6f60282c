import { locale } from "../i18n/i18n.js";

/// A moment (RFC 3339) as the language writes it: "28 nov 2026, 20:15".
export function formatMoment(text) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
}
