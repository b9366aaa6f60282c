import "./common.js";
import "../i18n/cart.js";
import "../i18n/form.js";
import "../components/zoco-alert.js";
import "../components/zoco-cart.js";
import "../components/zoco-form.js";
import "../components/zoco-notice.js";
import "../components/zoco-totals.js";
import { onLanguage, t } from "../i18n/i18n.js";
import { loadAccount, accountState } from "../lib/account.js";
import { announce } from "../lib/announce.js";
import { ApiError } from "../lib/api.js";
import * as carts from "../lib/cart-api.js";
import { cartCount, kCartEvent } from "../lib/cart-count.js";
import { formatMoney } from "../lib/money.js";
import { listUrl } from "../lib/query.js";
import { onSubmit } from "../lib/submit.js";

const kCoupon = { submit: "coupon.go", isQuiet: true, fields: [{ name: "cupon", label: "coupon.label", required: true, missing: "coupon.missing", maxlength: 40 }] };
const kEmpty = { title: "cart.empty", text: "cart.empty.text", links: [{ href: listUrl(), text: "nav.products" }] };

/// The cart: what was put in, what it costs today, and what is not there any more.
class CartPage {
  #cart = null;
  #wanted = new Map(); // product -> quantity not sent yet
  #isSending = false;
  #whole = document.getElementById("carrito");
  #lines = document.querySelector("zoco-cart");
  #totals = document.querySelector("zoco-totals");
  #coupon = document.getElementById("cupon");
  #used = document.getElementById("cupon-puesto");
  #go = document.getElementById("comprar");
  #alert = document.querySelector("zoco-alert");
  #notice = document.querySelector("zoco-notice");

  start() {
    this.#coupon.shape = kCoupon;
    onSubmit(this.#coupon, async ({ cupon }) => {
      this.#show(await carts.useCoupon(cupon));
      this.#coupon.values = {};
      announce(t(this.#cart.cupon?.aplicado ? "coupon.done" : "coupon.not-now"));
    });
    this.#used.addEventListener("click", (event) => { if (event.target.closest("button")) this.#removeCoupon(); });
    this.#lines.addEventListener("zoco-quantity", ({ detail: { producto, cantidad } }) => {
      this.#wanted.set(producto, cantidad);
      this.#sendWanted();
    });
    this.#lines.addEventListener("zoco-remove", ({ detail }) => this.#remove(detail));
    this.#go.addEventListener("click", (event) => this.#checkBefore(event));
    document.addEventListener("zoco-retry", () => this.#load());
    document.addEventListener(kCartEvent, () => { if (this.#isStale()) this.#load(); });
    addEventListener("pageshow", (event) => { if (event.persisted) this.#load(); });
    onLanguage(() => this.#showTexts());
    this.#showTexts();
    this.#load();
  }

  async #load() {
    this.#notice.clear();
    this.#alert.error = null;
    try {
      if (accountState().status !== "none") await loadAccount().catch(() => null); // so that the carts are merged before they are asked for
      this.#show(await carts.cart());
    } catch (error) {
      this.#whole.hidden = true;
      this.#notice.error = error;
    }
  }

  /// Another tab has changed it.
  #isStale() {
    const shown = this.#cart?.lineas.reduce((sum, { cantidad }) => sum + cantidad, 0);
    return this.#cart !== null && !this.#isSending && cartCount() !== shown;
  }

  #show(cart) {
    this.#cart = cart;
    const isEmpty = cart.lineas.length === 0;
    this.#whole.hidden = isEmpty;
    this.#whole.removeAttribute("aria-busy");
    if (isEmpty) {
      this.#notice.message = kEmpty;
      return;
    }
    this.#lines.lines = cart.lineas;
    this.#totals.totals = { totales: cart.totales, isShippingKnown: cart.envio_incluido };
    this.#showCoupon();
  }

  #showCoupon() {
    const { cupon } = this.#cart;
    this.#used.hidden = cupon === null;
    this.#coupon.hidden = cupon !== null;
    if (cupon === null) return;
    this.#used.querySelector("[data-code]").textContent = t(cupon.aplicado ? "coupon.used" : "coupon.unused", { code: cupon.codigo });
  }

  /// One change after the other, the last of each product: the answers come in the order in which they are shown.
  async #sendWanted() {
    if (this.#isSending) return;
    this.#isSending = true;
    this.#alert.error = null;
    try {
      let cart = this.#cart;
      while (this.#wanted.size > 0) {
        const [[product, count]] = this.#wanted;
        this.#wanted.delete(product);
        cart = await carts.setQuantity(product, count);
      }
      this.#show(cart);
      announce(t("cart.changed", { total: formatMoney(cart.totales.total, document.documentElement.lang) }));
    } catch (error) {
      this.#wanted.clear();
      this.#show(this.#cart); // as the shop has it
      this.#fail(error);
    } finally {
      this.#isSending = false;
    }
  }

  async #remove({ producto, nombre }) {
    try {
      this.#show(await carts.removeLine(producto));
      announce(t("cart.removed", { name: nombre ?? t("line.unnamed") }));
      document.querySelector("h1").focus();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #removeCoupon() {
    try {
      this.#show(await carts.removeCoupon(this.#cart.cupon.codigo));
      announce(t("coupon.removed"));
      this.#coupon.querySelector("input").focus();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error) {
    if (!(error instanceof ApiError)) throw error;
    this.#alert.error = error;
  }

  #checkBefore(event) {
    if (this.#cart.lineas.every(({ disponible }) => disponible)) return;
    event.preventDefault();
    this.#alert.error = new ApiError("refused", { slug: "sin-existencias" });
  }

  #showTexts() {
    document.title = t("title", { page: t("cart.title") });
    if (this.#cart?.lineas.length > 0) this.#showCoupon();
  }
}

new CartPage().start();
