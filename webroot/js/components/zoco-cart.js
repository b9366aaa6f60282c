import { locale, t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoney } from "../lib/money.js";
import "./zoco-picture.js";

const kMost = 999;

/// The lines of the cart. Property `lines` (as the API answers them; null: not yet).
/// Emits `zoco-quantity` {producto, cantidad} and `zoco-remove` {producto, nombre}.
class ZocoCart extends ZocoElement {
  #lines = null;

  set lines(lines) {
    this.#lines = lines;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { step, to, remove } = button.dataset;
      if (remove) this.emit("zoco-remove", this.#lineOf(button));
      else this.#put(button, to ? Number(to) : Number(this.#box(button).value) + Number(step));
    });
    this.listen(this, "change", (event) => this.#put(event.target, Math.round(Number(event.target.value))));
  }

  #lineOf(control) {
    const id = control.closest("[data-product]").dataset.product;
    return this.#lines.find(({ producto }) => producto === id);
  }

  #box(control) {
    return control.closest("[data-product]").querySelector("input");
  }

  #put(control, wanted) {
    const line = this.#lineOf(control);
    const cantidad = Number.isFinite(wanted) ? Math.min(Math.max(wanted, 1), kMost) : line.cantidad;
    this.#box(control).value = String(cantidad);
    this.emit("zoco-quantity", { producto: line.producto, cantidad });
  }

  draw() {
    if (this.#lines === null) {
      render(this, html`<div aria-hidden="true"><span class="skeleton cart-wait"></span><span class="skeleton cart-wait"></span></div>`);
      return;
    }
    render(this, html`<ul class="cart-lines" role="list">${this.#lines.map(lineMarkup)}</ul>`);
    this.querySelectorAll("zoco-picture").forEach((picture, i) => {
      const { imagen, nombre } = this.#lines[i];
      picture.picture = { url: imagen, name: nombre ?? "", isFirst: true };
    });
  }
}

function notesOf({ nombre, disponible, existencias, precio, precio_anterior: before }) {
  const money = (amount) => formatMoney(amount, locale());
  if (!nombre) return html`<p class="cart-note is-bad">${t("line.gone")}</p>`;
  return html`
    ${before && html`<p class="cart-note">${t(before.importe > precio.importe ? "cart.cheaper" : "cart.dearer", { before: money(before), now: money(precio) })}</p>`}
    ${!disponible && html`<p class="cart-note is-bad">${existencias > 0 ? t("line.few", { n: existencias }) : t("line.none")}
      ${existencias > 0 && html`<button type="button" class="cart-few" data-to="${existencias}">${t("cart.few.take", { n: existencias })}</button>`}</p>`}`;
}

function lineMarkup(line) {
  const { producto, nombre, cantidad, precio, total } = line;
  const name = nombre ?? t("line.unnamed");
  const money = (amount) => formatMoney(amount, locale());
  const button = (step, key, sign, isOff) => html`<button type="button" class="cart-step" data-step="${step}" data-focus="${step}-${producto}"
    aria-label="${t(key, { name })}" ${isOff && html`disabled`}>${sign}</button>`;
  return html`<li class="cart-line${line.disponible ? "" : " is-off"}" data-product="${producto}">
    <zoco-picture></zoco-picture>
    <div class="cart-text">
      <h2 class="cart-name" ${catalogueLang()}>${nombre ? html`<a href="/producto?id=${encodeURIComponent(producto)}">${nombre}</a>` : name}</h2>
      ${nombre && html`<p class="cart-price">${t("cart.each", { price: money(precio) })}</p>`}
      ${notesOf(line)}
    </div>
    <div class="cart-quantity">${nombre && html`${button(-1, "cart.less", "−", cantidad <= 1)}
      <input class="cart-box" type="number" inputmode="numeric" min="1" max="${kMost}" value="${cantidad}" data-focus="q-${producto}"
        aria-label="${t("cart.quantity", { name })}">
      ${button(1, "cart.more", "+", cantidad >= kMost)}`}</div>
    <p class="cart-total">${money(total)}</p>
    <button type="button" class="cart-remove" data-remove="1" aria-label="${t("cart.remove.of", { name })}">${t("cart.remove")}</button>
  </li>`;
}

customElements.define("zoco-cart", ZocoCart);
