import { locale, t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { isShouting } from "../lib/initials.js";
import { formatMoney } from "../lib/money.js";
import { productUrl } from "../lib/query.js";
import "./zoco-picture.js";

/// One product in a list. Properties: `product` (as the API lists it), `level` (of its heading), `isFirst` (see zoco-picture).
class ZocoCard extends ZocoElement {
  product = null;
  level = 2;
  isFirst = false;

  draw() {
    const { nombre, precio, imagen, categoria_nombre: category, disponible } = this.product;
    const link = html`<a class="card-link${isShouting(nombre) ? " is-shouting" : ""}" href="${productUrl(this.product)}"
      data-focus="card" ${catalogueLang()}>${nombre}</a>`;
    render(this, html`
      <article class="card${disponible ? "" : " is-sold-out"}">
        <zoco-picture></zoco-picture>
        <div class="card-text">
          ${this.level === 2 ? html`<h2 class="card-name">${link}</h2>` : html`<h3 class="card-name">${link}</h3>`}
          ${category && html`<p class="card-category" ${catalogueLang()}>${category}</p>`}
          <p class="card-price">${formatMoney(precio, locale())}</p>
          ${!disponible && html`<p class="badge">${t("sold-out")}</p>`}
        </div>
      </article>`);
    this.querySelector("zoco-picture").picture = { url: imagen, name: nombre, isFirst: this.isFirst };
  }
}

customElements.define("zoco-card", ZocoCard);
