import { locale, t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoney } from "../lib/money.js";

/// What it all comes to. Property `totals` = {totales: as the API answers them, isShippingKnown}, or null.
class ZocoTotals extends ZocoElement {
  #totals = null;

  set totals(totals) {
    this.#totals = totals;
    this.update();
  }

  draw() {
    if (!this.#totals) return this.replaceChildren();
    const { totales: { productos, envio, descuento, impuestos, total }, isShippingKnown = true } = this.#totals;
    const money = (amount) => formatMoney(amount, locale());
    const row = (key, text, look = "") => html`<div class="totals-row${look}"><dt>${t(key)}</dt><dd>${text}</dd></div>`;
    const tax = ({ tipo, base, cuota }) => html`<li>${t("totals.tax", { rate: tipo, tax: money(cuota), base: money(base) })}</li>`;
    return render(this, html`<dl class="totals">
      ${row("totals.products", money(productos))}
      ${row("totals.shipping", isShippingKnown ? (envio.importe === 0 ? t("totals.free") : money(envio)) : t("totals.later"))}
      ${descuento.importe > 0 && row("totals.discount", `−${money(descuento)}`)}
      ${row("totals.total", money(total), " is-total")}
    </dl><ul class="totals-taxes" role="list">${impuestos.filter(({ tipo }) => tipo > 0).map(tax)}</ul>`);
  }
}

customElements.define("zoco-totals", ZocoTotals);
