/// What the shop says of a field, in the reader's language: the API says it in English, for those who write programs.

import { hasText, t } from "../i18n/i18n.js";

const kFaults = [
  [/^is missing$/, "fault.missing"],
  [/^is shorter than (\d+) /, "fault.short"],
  [/^is longer than (\d+) /, "fault.long"],
  [/^is too long$/, "fault.too-long"],
  [/^has a character|not valid UTF-8/, "fault.character"],
];

/// `name`: the field's. Its own text (fault.cp) says it where nothing more precise does.
export function faultText(name, fault) {
  for (const [pattern, key] of kFaults) {
    const found = pattern.exec(fault);
    if (found) return t(key, { n: Number(found[1]) });
  }
  return t(hasText(`fault.${name}`) ? `fault.${name}` : "fault.other");
}
