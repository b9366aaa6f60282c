import { html, render } from "../lib/html.js";
import "./zoco-card.js";

const kSeenAtOnce = 4;

/// A grid of products. Attribute `level`: of the cards' headings (2 when absent).
class ZocoProducts extends HTMLElement {
  /// Grey boxes of the cards' size, until the products are there.
  showSkeleton(count) {
    const box = html`<li class="skeleton-card" aria-hidden="true"><span class="skeleton skeleton-picture"></span>
      <span class="skeleton skeleton-line"></span><span class="skeleton skeleton-line is-short"></span></li>`;
    render(this, html`<ul class="products" role="list">${Array(count).fill(box)}</ul>`);
  }

  /// Replaces what is shown.
  show(products) {
    render(this, html`<ul class="products" role="list"></ul>`);
    this.append(products);
  }

  /// Adds after what is shown, and returns the first new link.
  append(products) {
    const list = this.querySelector("ul");
    const alreadyShown = list.children.length;
    const items = products.map((product, i) => this.#item(product, alreadyShown + i));
    list.append(...items);
    return items[0]?.querySelector("a");
  }

  #item(product, position) {
    const card = document.createElement("zoco-card");
    card.product = product;
    card.level = Number(this.getAttribute("level") ?? 2);
    card.isFirst = position < kSeenAtOnce;
    const item = document.createElement("li");
    item.append(card);
    return item;
  }

  clear() {
    this.replaceChildren();
  }
}

customElements.define("zoco-products", ZocoProducts);
