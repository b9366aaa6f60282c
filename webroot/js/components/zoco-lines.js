import { locale, t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoney } from "../lib/money.js";

/// What is bought, to read. Property `lines` (of a cart or an order, as the API answers them).
class ZocoLines extends ZocoElement {
  #lines = [];

  set lines(lines) {
    this.#lines = lines;
    this.update();
  }

  draw() {
    render(this, html`<ul class="lines" role="list">${this.#lines.map(({ producto, nombre, cantidad, total, disponible = true, existencias }) => html`
      <li class="lines-row"><span><span class="lines-count">${cantidad} ×</span>
        <a href="/producto?id=${encodeURIComponent(producto)}" ${catalogueLang()}>${nombre ?? t("line.unnamed")}</a>
        ${!disponible && html`<span class="cart-note is-bad">${nombre === null ? t("line.gone") : existencias > 0 ? t("line.few", { n: existencias }) : t("line.none")}</span>`}</span>
        <span class="lines-total">${formatMoney(total, locale())}</span></li>`)}</ul>`);
  }
}

customElements.define("zoco-lines", ZocoLines);
