import "./common.js";
import "../components/zoco-crumbs.js";
import "../components/zoco-notice.js";
import "../components/zoco-product.js";
import "../components/zoco-products.js";
import { onLanguage, t } from "../i18n/i18n.js";
import { announce } from "../lib/announce.js";
import * as api from "../lib/api.js";
import { addToCart } from "../lib/cart-api.js";
import { sendOnce } from "../lib/once.js";
import { listUrl } from "../lib/query.js";

const kAlike = 4;

/// One product, named in the address by ?id= or ?sku=.
class ProductPage {
  #product = null;
  #titleKey = "product.title";
  #crumbs = document.querySelector("zoco-crumbs");
  #view = document.querySelector("zoco-product");
  #notice = document.querySelector("zoco-notice");
  #alike = document.getElementById("parecidos");

  start() {
    document.addEventListener("zoco-retry", () => this.#show({ isRetry: true }));
    this.#view.addEventListener("zoco-add", ({ target, detail }) => this.#add(target, detail));
    onLanguage(() => this.#showTexts());
    this.#showTexts();
    this.#show({ isRetry: false });
  }

  async #show({ isRetry }) {
    const params = new URLSearchParams(location.search);
    const key = params.get("id") || params.get("sku");
    this.#notice.clear();
    this.#view.showSkeleton();
    try {
      if (!key) throw new api.ApiError("missing");
      this.#product = await api.product(key);
    } catch (error) {
      this.#showError(error);
      return;
    }
    this.#view.product = this.#product;
    this.#showTexts();
    announce(this.#product.nombre);
    if (isRetry) this.#view.querySelector("h1").focus();
    await this.#showAlike();
  }

  async #add(buy, count) {
    buy.isBusy = true;
    try {
      await sendOnce((body, key) => addToCart(this.#product.id, body, key), count);
      buy.isBusy = false;
      buy.added = count;
    } catch (error) {
      buy.isBusy = false;
      if (!(error instanceof api.ApiError)) throw error;
      buy.error = error;
    }
  }

  #showError(error) {
    this.#view.replaceChildren();
    if (error.kind !== "missing") {
      this.#notice.error = error;
      return;
    }
    this.#titleKey = "product.missing";
    this.#showTexts();
    this.#notice.message = {
      title: "product.missing",
      text: "product.missing.text",
      links: [{ href: listUrl(), text: "nav.products" }],
    };
  }

  /// Others of its category; without them the page is whole too.
  async #showAlike() {
    const { id, categoria } = this.#product;
    if (!categoria) return;
    const page = await api.products({ categoria, limite: kAlike + 1 }).catch(() => ({ productos: [] }));
    const others = page.productos.filter((product) => product.id !== id).slice(0, kAlike);
    this.#alike.hidden = others.length === 0;
    this.#alike.querySelector("zoco-products").show(others);
  }

  /// What depends on the product and the language.
  #showTexts() {
    const { nombre, categoria, categoria_nombre: category } = this.#product ?? {};
    const above = { href: listUrl(), text: t("nav.products") };
    const middle = category ? { href: listUrl({ categoria }), text: category, isCatalogue: true } : above;
    this.#crumbs.trail = nombre ? [middle, { text: nombre, isCatalogue: true }] : [above];
    document.title = t("title", { page: nombre ?? t(this.#titleKey) });
    if (!category) return;
    const link = this.#alike.querySelector("h2 a");
    link.href = listUrl({ categoria });
    link.textContent = t("product.more", { category });
  }
}

new ProductPage().start();
