/// What stands in for a picture that a product does not have: letters and a colour, always the same for a name.

const kHues = 6;
const kSmallWords = new Set(["de", "del", "la", "el", "los", "las", "y", "con", "en", "a", "of", "the", "and", "with", "in", "for"]);

/// "6 latas de aceite" -> "LA"; at most two letters, small words and numbers only when there is nothing else, "·" when
/// there is not even that.
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => /^\p{L}/u.test(word) && !kSmallWords.has(word.toLowerCase()));
  const chosen = (telling.length ? telling : words).slice(0, 2);
  return chosen.map((word) => [...word][0].toUpperCase()).join("") || "·";
}

/// A class name, hue-0 to hue-5.
export function hueClass(name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 9973;
  return `hue-${sum % kHues}`;
}

/// Whether a name SHOUTS, as many imported catalogues do; it is then set a little smaller.
export function isShouting(name) {
  return name.length > 4 && name === name.toUpperCase() && name !== name.toLowerCase();
}
