import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import "./zoco-picture.js";

/// A product's pictures: one large, the others as buttons below. Property `product`.
class ZocoGallery extends ZocoElement {
  #product = null;
  #chosen = 0;

  set product(product) {
    this.#product = product;
    this.#chosen = 0;
    this.update();
  }

  get #urls() {
    const { imagenes = [], imagen } = this.#product;
    return imagenes.length > 0 ? imagenes : [imagen];
  }

  connected() {
    this.listen(this, "click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.#chosen = Number(button.dataset.index);
      this.update();
    });
  }

  draw() {
    if (!this.#product) return;
    const urls = this.#urls;
    const name = this.#product.nombre;
    const button = (url, i) => html`<li><button type="button" class="thumb" data-index="${i}" data-focus="thumb-${i}"
      aria-pressed="${String(i === this.#chosen)}" aria-label="${t("product.picture", { i: i + 1, n: urls.length })}">
      <zoco-picture></zoco-picture></button></li>`;
    render(this, html`<div class="gallery" role="group" aria-label="${t("product.gallery")}">
      <zoco-picture class="gallery-main"></zoco-picture>
      ${urls.length > 1 && html`<ul class="thumbs" role="list">${urls.map(button)}</ul>`}
      ${!urls[0] && html`<p class="gallery-none">${t("product.no-picture")}</p>`}</div>`);
    this.querySelector(".gallery-main").picture = { url: urls[this.#chosen], name, alt: name, isFirst: true };
    this.querySelectorAll(".thumb zoco-picture").forEach((picture, i) => { picture.picture = { url: urls[i], name }; });
  }
}

customElements.define("zoco-gallery", ZocoGallery);
