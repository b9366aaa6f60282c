import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { problemMarkup } from "../lib/problem.js";

const kMost = 999;

/// How many pieces of a product, and the button that puts them into the cart. Property `stock` (how many there are, null:
/// enough). Emits `zoco-add` (detail: the number); then isBusy, and `added` or `error` tell how it went.
class ZocoBuy extends ZocoElement {
  #stock = null;
  #isBusy = false;

  set stock(stock) {
    this.#stock = stock;
    this.update();
  }

  set isBusy(isBusy) {
    this.#isBusy = isBusy;
    this.querySelector("[type=submit]").setAttribute("aria-disabled", String(isBusy));
    if (isBusy) this.#say(html``, html``);
  }

  /// How many were put in.
  set added(count) {
    this.#say(html`<span>${t("buy.added", { n: count })}</span> <a href="/carrito">${t("buy.see")}</a>`, html``);
  }

  set error(error) {
    this.#say(html``, problemMarkup(error));
  }

  #say(done, wrong) {
    render(this.querySelector(".buy-done"), done);
    render(this.querySelector(".form-alert"), wrong);
  }

  connected() {
    this.listen(this, "submit", (event) => {
      event.preventDefault();
      const box = this.querySelector("input");
      const count = Math.round(Number(box.value));
      box.value = String(Math.min(Math.max(Number.isFinite(count) ? count : 1, 1), this.#most));
      if (!this.#isBusy) this.emit("zoco-add", Number(box.value));
    });
  }

  get #most() {
    return Math.min(this.#stock ?? kMost, kMost);
  }

  draw() {
    const typed = this.querySelector("input")?.value ?? "1";
    render(this, html`<form class="buy" novalidate>
      <label class="buy-label" for="cantidad">${t("buy.quantity")}</label>
      <input class="form-box buy-box" id="cantidad" type="number" inputmode="numeric" min="1" max="${this.#most}" value="${typed}" data-focus="cantidad">
      <button type="submit" class="button" data-focus="add" aria-disabled="${String(this.#isBusy)}">${t("buy.add")}</button>
    </form><p class="buy-done" role="status"></p><div class="form-alert" role="alert"></div>`);
  }
}

customElements.define("zoco-buy", ZocoBuy);
