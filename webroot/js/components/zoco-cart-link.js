import { t } from "../i18n/i18n.js";
import { accountState, kAccountEvent } from "../lib/account.js";
import { get } from "../lib/api.js";
import { cartCount, kCartEvent, keepCart } from "../lib/cart-count.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// The way to the cart in the header, with the number of its pieces. It asks for the cart only after a login.
class ZocoCartLink extends ZocoElement {
  #asked = false;

  connected() {
    this.listen(document, kCartEvent, () => this.update());
    this.listen(document, kAccountEvent, () => this.update());
  }

  draw() {
    const count = cartCount();
    if (count === null && accountState().status === "known") this.#ask();
    const isHere = location.pathname.endsWith("/carrito");
    render(this, html`<a class="cart-link" href="/carrito" data-focus="cart" aria-current="${isHere ? "page" : "false"}"
      aria-label="${count > 0 ? t("cart.link.count", { n: count }) : t("cart.link")}"><svg viewBox="0 0 24 24" width="24" height="24"
      aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path
      d="M3 9h18l-2 11H5L3 9ZM8 9l3-6M16 9l-3-6"/></svg>${count > 0 && html`<span class="cart-count">${count > 99 ? "99+" : count}</span>`}</a>`);
  }

  #ask() {
    if (this.#asked) return;
    this.#asked = true;
    get("/Pedidos/carrito").then(keepCart, () => {}); // goes without
  }
}

customElements.define("zoco-cart-link", ZocoCartLink);
