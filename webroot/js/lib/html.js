/// The only way HTML is built: a tagged template that escapes every value put into it.
///
///   element.innerHTML = html`<p>${name}</p>`        text is escaped, in attributes too (always quote them)
///   html`<ul>${items.map((x) => html`<li>${x}</li>`)}</ul>`   nested templates and arrays stay markup
///   null, undefined, false and true put nothing, so that `${isNew && html`…`}` reads well.

const kEscapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

class Markup extends String {}

/// Text made safe between tags and inside quoted attributes.
export function escape(text) {
  return String(text).replace(/[&<>"'`]/g, (c) => kEscapes[c]);
}

function piece(value) {
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (value instanceof Markup) return value.toString();
  if (Array.isArray(value)) return value.map(piece).join("");
  return escape(value);
}

export function html(strings, ...values) {
  return new Markup(strings.reduce((out, part, i) => out + piece(values[i - 1]) + part));
}

/// Replaces what `element` holds. Takes only what html`` made, never a plain string.
export function render(element, markup) {
  if (!(markup instanceof Markup)) throw new TypeError("render() takes html`…`");
  element.innerHTML = markup.toString();
}
