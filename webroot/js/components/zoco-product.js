import { locale, t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { isShouting } from "../lib/initials.js";
import { formatMoney } from "../lib/money.js";
import { listUrl } from "../lib/query.js";
import "./zoco-buy.js";
import "./zoco-gallery.js";

const kFew = 5;

/// A product in full. Property `product` (as the API answers one).
class ZocoProduct extends ZocoElement {
  #product = null;

  set product(product) {
    this.#product = product;
    this.update();
  }

  showSkeleton() {
    render(this, html`<div class="product" aria-hidden="true"><span class="skeleton skeleton-picture"></span>
      <div class="product-text"><span class="skeleton skeleton-title"></span><span class="skeleton skeleton-price"></span>
        <span class="skeleton skeleton-line"></span><span class="skeleton skeleton-line"></span>
        <span class="skeleton skeleton-line is-short"></span></div></div>`);
  }

  draw() {
    if (!this.#product) return;
    const { nombre, precio, marca, descripcion } = this.#product;
    render(this, html`<article class="product">
      <zoco-gallery></zoco-gallery>
      <div class="product-text">
        ${marca && html`<p class="product-brand">${marca}</p>`}
        <h1 class="product-name${isShouting(nombre) ? " is-shouting" : ""}" tabindex="-1" ${catalogueLang()}>${nombre}</h1>
        <p class="product-price">${formatMoney(precio, locale())} <small>${t("product.tax")}</small></p>
        ${this.#stockMarkup()}
        ${this.#product.disponible && html`<zoco-buy></zoco-buy>`}
        ${descripcion && html`<h2 class="product-heading">${t("product.about")}</h2>
          <div class="prose" ${catalogueLang()}>${descripcion.split(/\n\s*\n/).map((text) => html`<p>${text}</p>`)}</div>`}
        <h2 class="product-heading">${t("product.details")}</h2>
        ${this.#detailsMarkup()}
      </div>
    </article>`);
    this.querySelector("zoco-gallery").product = this.#product;
    const buy = this.querySelector("zoco-buy");
    if (buy) buy.stock = this.#product.existencias ?? null;
  }

  #stockMarkup() {
    const { disponible, existencias } = this.#product;
    if (!disponible) return html`<p class="stock is-out">${t("sold-out")}</p>`;
    const isFew = Number.isInteger(existencias) && existencias > 0 && existencias <= kFew;
    return isFew
      ? html`<p class="stock is-few">${t("product.stock.few", { n: existencias })}</p>`
      : html`<p class="stock is-in">${t("product.stock.in")}</p>`;
  }

  #detailsMarkup() {
    const { sku, marca, categoria, categoria_nombre: category, atributos = [] } = this.#product;
    const row = (name, value) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
    const ownRow = ({ nombre, valor }) => html`<tr ${catalogueLang()}><th scope="row">${nombre}</th><td>${valor}</td></tr>`;
    return html`<table class="details"><tbody>
      ${atributos.map(ownRow)}
      ${marca && row(t("product.brand"), marca)}
      ${category && row(t("product.category"), html`<a href="${listUrl({ categoria })}" ${catalogueLang()}>${category}</a>`)}
      ${row(t("product.sku"), sku)}
    </tbody></table>`;
  }
}

customElements.define("zoco-product", ZocoProduct);
