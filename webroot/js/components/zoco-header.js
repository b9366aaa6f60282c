import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { listUrl } from "../lib/query.js";
import "./zoco-account.js";
import "./zoco-cart-link.js";
import "./zoco-language.js";
import "./zoco-search.js";

/// The top of every page: the shop's sign, search, the way to all products, the account, the cart, the language.
/// Attribute `without-search`: for pages that have a search box of their own.
class ZocoHeader extends ZocoElement {
  #query = "";

  /// The text in the search box.
  set query(text) {
    this.#query = text;
    const search = this.querySelector("zoco-search");
    if (search) search.query = text;
  }

  draw() {
    const isList = location.pathname.endsWith("/productos");
    const search = this.hasAttribute("without-search") ? null : html`<zoco-search></zoco-search>`;
    render(this, html`
      <header class="header">
        <a class="brand" href="/" aria-label="${t("nav.home")}">
          <img src="/img/logo.svg" alt="" width="40" height="40"><span class="brand-name"><span>Mercado</span> <b>Zoco</b></span>
        </a>
        ${search}
        <nav class="header-nav" aria-label="${t("nav.label")}">
          <a href="${listUrl()}" aria-current="${isList && !location.search ? "page" : "false"}">${t("nav.products")}</a>
        </nav>
        <zoco-account></zoco-account>
        <zoco-cart-link></zoco-cart-link>
        <zoco-language></zoco-language>
      </header>`);
    this.query = this.#query;
  }
}

customElements.define("zoco-header", ZocoHeader);
