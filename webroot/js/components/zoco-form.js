import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { faultText } from "../lib/faults.js";
import { fieldMarkup } from "../lib/fields.js";
import { html, render } from "../lib/html.js";
import { problemMarkup } from "../lib/problem.js";

/// A form that keeps what was typed and says beside each field what is wrong with it. It needs an `id`.
///   form.shape = {fields, submit, params, cancel, isDanger, isQuiet, username}   fields as lib/fields.js takes them; submit, cancel:
///                                              keys of texts, params: what is put into submit's; username: whose password
///                                              it is, for password managers
///   form.values = {name: value}                what the fields show
///   form.isBusy = true
///   form.error = apiError                      beside the fields that it names, else above all
///   form.done = "key"                          says that it went well
/// Emits `zoco-submit` (detail: the values; nothing is sent while a required one is missing), `zoco-cancel`, and
/// `zoco-field` {name, value} when a choice changes.
class ZocoForm extends ZocoElement {
  #shape = null;
  #values = {};
  #wrong = new Map(); // name of a field -> {key: of a text} or {fault: as the API says it}
  #error = null;
  #done = "";
  #isBusy = false;

  set shape(shape) {
    this.#shape = shape;
    this.update();
  }

  set values(values) {
    this.#values = { ...values };
    this.#wrong.clear();
    this.#error = null;
    this.update();
  }

  get values() {
    return this.#read();
  }

  /// All that was typed, in fields that are not shown now too.
  get held() {
    return { ...this.#values, ...this.#read() };
  }

  /// What the fields show when they are drawn next; what is said about them stays.
  hold(values) {
    this.#values = { ...values };
  }

  /// Puts something else into the button's text.
  set params(params) {
    this.#shape = { ...this.#shape, params };
    this.querySelector("[type=submit]").textContent = t(this.#shape.submit, params);
  }

  /// Fills one field, as if it had been typed.
  put(name, value) {
    this.#values[name] = value;
    this.querySelector(`[name="${CSS.escape(name)}"]`).value = value;
  }

  set isBusy(isBusy) {
    this.#isBusy = isBusy;
    if (isBusy) this.#done = "";
    this.#showState();
  }

  set error(error) {
    this.#done = "";
    this.#wrong = new Map(this.#named(error).map(({ name, detalle }) => [name, { fault: detalle }]));
    this.#error = this.#wrong.size > 0 ? null : error;
    this.#showState();
    const first = this.querySelector("[aria-invalid=true]") ?? (error && this.querySelector(".form-alert"));
    first?.focus();
  }

  set done(key) {
    this.#done = key;
    this.#wrong.clear();
    this.#error = null;
    this.#showState();
  }

  connected() {
    this.listen(this, "submit", (event) => {
      event.preventDefault();
      if (!this.#isBusy) this.#submit();
    });
    this.listen(this, "input", (event) => { this.#values[event.target.name] = valueOf(event.target); });
    this.listen(this, "change", (event) => {
      this.#values[event.target.name] = valueOf(event.target);
      this.emit("zoco-field", { name: event.target.name, value: valueOf(event.target) });
    });
    this.listen(this, "click", (event) => {
      const toggle = event.target.closest("[data-show]");
      if (toggle) this.#toggle(toggle);
      if (event.target.closest("[data-cancel]")) this.emit("zoco-cancel");
    });
  }

  /// What of a problem is about fields of this form.
  #named(error) {
    const names = new Set(this.#shape.fields.map(({ name }) => name));
    return (error?.fields ?? []).map(({ puntero, detalle }) => ({ name: String(puntero).replace(/^[#/]+/, "").split("/").pop(), detalle }))
      .filter(({ name }) => names.has(name));
  }

  #read() {
    const values = {};
    for (const input of this.querySelectorAll("input[name], select")) {
      if (input.type === "radio" && !input.checked) values[input.name] ??= "";
      else values[input.name] = valueOf(input);
    }
    return values;
  }

  #submit() {
    const values = this.#read();
    const isMissing = ({ name, required }) => required && ["", false, undefined].includes(values[name]);
    this.#wrong = new Map();
    for (const field of this.#shape.fields) {
      const key = isMissing(field) ? (field.missing ?? "fault.missing") : field.check?.(values[field.name]);
      if (key) this.#wrong.set(field.name, { key });
    }
    this.#error = null;
    this.#done = "";
    this.#showState();
    if (this.#wrong.size > 0) this.querySelector("[aria-invalid=true]").focus();
    else this.emit("zoco-submit", values);
  }

  #toggle(button) {
    const input = this.querySelector(`#${CSS.escape(button.getAttribute("aria-controls"))}`);
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
  }

  draw() {
    if (!this.#shape) return;
    const { fields, submit, params, cancel, isDanger, isQuiet, username } = this.#shape;
    render(this, html`<form class="form" novalidate>
      <div class="form-alert" role="alert" tabindex="-1"></div>
      ${username && html`<input type="email" autocomplete="username" value="${username}" readonly hidden>`}
      ${fields.map((field) => fieldMarkup(this.id, field, this.#values[field.name] ?? field.value))}
      <div class="form-actions">
        <button type="submit" class="button${isDanger ? " is-danger" : ""}${isQuiet ? " is-quiet" : ""}" data-focus="submit">${t(submit, params)}</button>
        ${cancel && html`<button type="button" class="button is-quiet" data-cancel data-focus="cancel">${t(cancel)}</button>`}
      </div>
      <p class="form-done" role="status"></p>
    </form>`);
    this.#showState();
  }

  /// Without drawing again: what was typed, and where, stays.
  #showState() {
    if (!this.firstElementChild) return;
    this.querySelector("[type=submit]").setAttribute("aria-disabled", String(this.#isBusy));
    this.querySelector("form").setAttribute("aria-busy", String(this.#isBusy));
    for (const { name } of this.#shape.fields) {
      if (!name) continue; // a heading
      const wrong = this.#wrong.get(name);
      const input = this.querySelector(`#${CSS.escape(`${this.id}-${name}`)}`);
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      this.querySelector(`#${CSS.escape(input.id)}-error`).textContent = wrong ? wrongText(name, wrong) : "";
    }
    render(this.querySelector(".form-alert"), this.#error ? problemMarkup(this.#error) : html``);
    this.querySelector(".form-done").textContent = this.#done && t(this.#done);
  }
}

function valueOf(input) {
  if (input.type === "checkbox") return input.checked;
  return input.dataset.exact === undefined ? input.value.trim() : input.value;
}

function wrongText(name, { key, fault }) {
  return key ? t(key) : faultText(name, fault);
}

customElements.define("zoco-form", ZocoForm);
