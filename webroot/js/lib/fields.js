/// One field of a form: its label, hint, box and the place for what is wrong with it, tied together for screen readers.
///   {name, type, label, hint, links, required, autocomplete, inputmode, maxlength, value, options, isHalf, isReadOnly}
/// label and hint are keys of texts, params what is put into the label; links, of a checkbox: [{href, text: a key}], opened beside the form. type: text (when absent), email, tel, password (with a button that shows it), code,
/// select (options: [{value, text}]), checkbox,
/// radio (options: [{value, text, price}]), heading (a label alone). A password keeps the spaces at its ends. `check`(value): the key of
/// what is wrong with it, or "".

import { t } from "../i18n/i18n.js";
import { html } from "./html.js";

const kEye = html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
  stroke-width="2"><path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="3"/></svg>`;

export function fieldMarkup(formId, field, value = "") {
  const id = `${formId}-${field.name}`;
  const size = field.isHalf ? " is-half" : "";
  if (field.type === "checkbox") return checkbox(id, field, value);
  if (field.type === "radio") return radios(id, field, value);
  if (field.type === "heading") return html`<h2 class="form-heading">${t(field.label)}</h2>`;
  const optional = !field.required && !field.isReadOnly && html` <span class="optional">${t("form.optional")}</span>`;
  return html`<div class="form-field${size}">
    <label for="${id}">${t(field.label, field.params)}${optional}</label>
    ${field.type === "select" ? select(id, field, value) : input(id, field, value)}
    ${field.hint && html`<p class="hint" id="${id}-hint">${t(field.hint)}</p>`}
    <p class="field-error" id="${id}-error"></p>
  </div>`;
}

function described(id, { hint }) {
  return hint ? `${id}-hint ${id}-error` : `${id}-error`;
}

function input(id, field, value) {
  const { name, type = "text", autocomplete = "off", inputmode, maxlength, required, isReadOnly, lang } = field;
  const isPassword = type === "password";
  const isPlain = isPassword || type === "email" || type === "code";
  const box = html`<input class="form-box${type === "code" ? " is-code" : ""}" id="${id}" name="${name}" value="${value}"
    type="${type === "code" ? "text" : type}" autocomplete="${autocomplete}" data-focus="${name}"
    aria-describedby="${described(id, field)}" ${inputmode && html`inputmode="${inputmode}"`} ${maxlength && html`maxlength="${maxlength}"`}
    ${required && html`aria-required="true"`} ${isReadOnly && html`readonly`} ${lang && html`lang="${lang}"`}
    ${isPlain && html`autocapitalize="none" spellcheck="false"`} ${isPassword && html`data-exact`}>`;
  if (!isPassword) return box;
  return html`<span class="password">${box}<button type="button" class="password-show" data-show data-focus="show-${name}"
    aria-controls="${id}" aria-pressed="false" aria-label="${t("form.show")}" title="${t("form.show")}">${kEye}</button></span>`;
}

function select(id, field, value) {
  const { name, options, autocomplete = "off", required } = field;
  const option = ({ value: own, text, lang }) => html`<option value="${own}" ${own === value && html`selected`}
    ${lang && html`lang="${lang}"`}>${text}</option>`;
  return html`<select class="form-box" id="${id}" name="${name}" autocomplete="${autocomplete}" data-focus="${name}"
    aria-describedby="${described(id, field)}" ${required && html`aria-required="true"`}>${options.map(option)}</select>`;
}

function checkbox(id, field, value) {
  return html`<div class="form-field">
    <label class="check" for="${id}"><input type="checkbox" id="${id}" name="${field.name}" data-focus="${field.name}"
      aria-describedby="${described(id, field)}" ${value && html`checked`}
      ${field.required && html`aria-required="true"`}><span>${t(field.label)}</span></label>
    ${field.links && html`<p class="check-links">${field.links.map(({ href, text }) =>
      html`<a href="${href}" target="_blank">${t(text)}<span class="visually-hidden"> ${t("form.new-tab")}</span></a>`)}</p>`}
    ${field.hint && html`<p class="hint" id="${id}-hint">${t(field.hint)}</p>`}
    <p class="field-error" id="${id}-error"></p>
  </div>`;
}

function radios(id, { name, label, options }, value) {
  const choice = ({ value: own, text, price }) => html`<label class="choice" for="${id}-${own}"><input type="radio" id="${id}-${own}"
    name="${name}" value="${own}" data-focus="${name}-${own}" ${own === value && html`checked`}><span>${text}</span>
    ${price && html`<span class="choice-price">${price}</span>`}</label>`;
  return html`<fieldset class="form-field choices" id="${id}" role="radiogroup" tabindex="-1" aria-describedby="${id}-error">
    <legend>${t(label)}</legend>${options.map(choice)}<p class="field-error" id="${id}-error"></p></fieldset>`;
}
