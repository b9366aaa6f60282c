import { t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { listUrl } from "../lib/query.js";
import "./zoco-picture.js";

/// The market's stalls as links to their lists. Property `categories` (as the API answers them).
class ZocoCategories extends ZocoElement {
  #categories = [];

  set categories(categories) {
    this.#categories = categories;
    this.update();
  }

  draw() {
    render(this, html`<ul class="categories" role="list">${this.#categories.map((category) => html`
      <li><a class="category" href="${listUrl({ categoria: category.id })}">
        <zoco-picture></zoco-picture>
        <span class="category-text"><span class="category-name" ${catalogueLang()}>${category.nombre}</span>
          <span class="category-count">${t("products", { n: category.productos })}</span></span>
      </a></li>`)}</ul>`);
    this.querySelectorAll("zoco-picture").forEach((picture, i) => {
      picture.picture = { url: this.#categories[i].imagen, name: this.#categories[i].nombre };
    });
  }

  /// Boxes of the links' size.
  showSkeleton(count) {
    const box = html`<li class="skeleton skeleton-category" aria-hidden="true"></li>`;
    render(this, html`<ul class="categories" role="list">${Array(count).fill(box)}</ul>`);
  }
}

customElements.define("zoco-categories", ZocoCategories);
