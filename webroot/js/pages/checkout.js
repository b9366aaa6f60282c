import "./common.js";
import "../i18n/checkout.js";
import "../components/zoco-form.js";
import "../components/zoco-lines.js";
import "../components/zoco-notice.js";
import "../components/zoco-totals.js";
import { hasText, language, locale, onLanguage, t } from "../i18n/i18n.js";
import { accountState, loadAccount } from "../lib/account.js";
import { addressFields, addressOf, kNoAddress, kSpain } from "../lib/address-fields.js";
import { announce } from "../lib/announce.js";
import { ApiError } from "../lib/api.js";
import { cart } from "../lib/cart-api.js";
import { forgetCart } from "../lib/cart-count.js";
import { formatMoney } from "../lib/money.js";
import { isUnknown } from "../lib/once.js";
import { keepAccess, onOrder, orderUrl, tellOrder } from "../lib/order-access.js";
import { methods, placeOrder, shippings } from "../lib/order-api.js";
import { loginUrl } from "../lib/own-path.js";
import { payFields, paymentOf } from "../lib/pay-fields.js";
import { Pending } from "../lib/pending.js";
import { provinceOf } from "../lib/provinces.js";
import { onSubmit } from "../lib/submit.js";
import { leave, payAndGo } from "./paying.js";

const kEmpty = { title: "cart.empty", text: "cart.empty.text", links: [{ href: "/productos", text: "nav.products" }] };
const kNoWay = { title: "checkout.no-payment", text: "checkout.no-payment.text", links: [{ href: "/carrito", text: "cart.title" }] };
const kTelling = ["pais", "cp", "guardada", "medio"]; // what other fields depend on
const kOther = "otra";

/// Where to, how, who and with what: all in one form, whose button orders and pays. What it costs is asked anew whenever
/// the destination or the way there changes, and is what the button says.
class CheckoutPage {
  #cart = null;
  #account = null;
  #saved = [];
  #methods = [];
  #shippings = [];
  #quoting = Promise.resolve();
  #isOrdered = false;
  #drawn = "";
  #pending = new Pending("zoco.compra");
  #form = document.getElementById("compra");
  #summary = document.getElementById("resumen");
  #notice = document.querySelector("zoco-notice");
  #whole = document.getElementById("tramite");

  start() {
    document.addEventListener("zoco-retry", () => this.#load());
    this.#form.addEventListener("zoco-field", ({ detail }) => this.#changed(detail));
    onSubmit(this.#form, (values) => this.#buy(values), (error) => this.#handle(error));
    onOrder((order) => { if (!this.#isOrdered) location.replace(orderUrl(order)); });
    onLanguage(() => this.#draw());
    document.title = t("title", { page: t("checkout.title") });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    this.#load();
  }

  async #load() {
    this.#notice.clear();
    try {
      if (this.#pending.open) return await this.#finish();
      this.#account = accountState().status === "none" ? null : await loadAccount();
      const [ways, own] = await Promise.all([methods(), this.#account ? savedAddresses() : { direcciones: [] }]);
      this.#methods = ways.medios;
      this.#saved = own.direcciones;
      const [first] = this.#saved;
      this.#form.values = { ...kNoAddress, ...first, guardada: first?.id ?? kOther, correo: this.#account?.correo ?? "", medio: this.#methods[0]?.id };
      await this.#quote({ pais: first?.pais ?? kSpain, cp: first?.cp ?? "", envio: "" });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#whole.hidden = true;
      this.#notice.error = error;
      return undefined;
    }
    document.getElementById("entrar").hidden = this.#account !== null;
    document.getElementById("condiciones").hidden = false;
    this.#whole.hidden = this.#cart.lineas.length === 0 || this.#methods.length === 0;
    if (this.#cart.lineas.length === 0) this.#notice.message = kEmpty;
    else if (this.#methods.length === 0) this.#notice.message = kNoWay;
    return undefined;
  }

  /// An order was sent from this tab, and no answer came: it is sent again as it was, and shown.
  async #finish() {
    this.#ordered(await this.#pending.send(placeOrder, null));
  }

  /// What it costs to get there, and which ways there are.
  async #quote({ pais, cp, envio }) {
    const known = pais === kSpain && /^\d{5}$/.test(cp) ? cp : ""; // elsewhere the country alone tells
    const { envios } = await shippings(pais, known);
    this.#shippings = envios;
    const chosen = envios.find(({ id }) => id === envio) ?? envios[0];
    this.#cart = await cart({ pais, cp: known, envio: chosen?.id });
    this.#whole.removeAttribute("aria-busy");
    this.#draw(chosen?.id ?? "");
  }

  #draw(envio = this.#form.held.envio, held = this.#form.held) {
    document.title = t("title", { page: t("checkout.title") });
    if (!this.#cart) return;
    const { lineas, totales, envio_incluido: isShippingKnown } = this.#cart;
    this.#summary.querySelector("zoco-lines").lines = lineas;
    this.#summary.querySelector("zoco-totals").totals = { totales, isShippingKnown };
    const values = { ...held, envio };
    const params = { total: formatMoney(totales.total, locale()) };
    const shape = { submit: totales.total.importe > 0 ? "checkout.go" : "checkout.go.free", fields: this.#fields(values) };
    const drawn = JSON.stringify([language(), shape, values.guardada]);
    if (drawn === this.#drawn) {
      this.#form.params = params; // what is being typed stays untouched
      return;
    }
    this.#drawn = drawn;
    this.#form.hold(values);
    this.#form.shape = { ...shape, params };
  }

  #fields({ pais = kSpain, guardada, medio }) {
    const price = (amount) => (amount.importe === 0 ? t("totals.free") : formatMoney(amount, locale()));
    const ways = this.#shippings.map(({ id, nombre, precio }) => ({ value: id, text: hasText(`ship.${id}`) ? t(`ship.${id}`) : nombre, price: price(precio) }));
    const others = this.#saved.map(({ id, nombre, linea1, ciudad }) => ({ value: id, text: `${nombre}, ${linea1}, ${ciudad}` }));
    const book = { name: "guardada", type: "select", label: "checkout.saved", required: true, options: [...others, { value: kOther, text: t("checkout.saved.other") }] };
    const mail = { name: "correo", type: "email", label: "email", hint: "checkout.mail", required: true, missing: "email.missing", autocomplete: "email", isReadOnly: this.#account !== null };
    const isPaid = this.#cart.totales.total.importe > 0;
    return [
      { type: "heading", label: "checkout.who" }, mail,
      { type: "heading", label: "checkout.where" }, ...(this.#saved.length > 0 ? [book] : []), ...addressFields(pais),
      { type: "heading", label: "checkout.how" },
      { name: "envio", type: "radio", label: "checkout.shipping", options: ways, required: true, missing: ways.length > 0 ? "fault.envio" : "fault.destino" },
      ...(isPaid ? [{ type: "heading", label: "checkout.pay" }, ...payFields(this.#methods, medio)] : []),
    ];
  }

  #changed({ name, value }) {
    const values = this.#form.held;
    if (name === "guardada" && value !== kOther) Object.assign(values, this.#saved.find(({ id }) => id === value));
    if (name === "cp" && values.pais === kSpain && values.provincia === "") this.#form.put("provincia", provinceOf(value));
    if (kTelling.includes(name)) this.#draw(values.envio, values);
    if (["pais", "cp", "envio", "guardada"].includes(name)) this.#requote(values);
  }

  #requote({ pais, cp, envio }) {
    this.#quoting = this.#quoting.then(() => this.#quote({ pais, cp, envio })).catch((error) => {
      if (!(error instanceof ApiError)) throw error;
      this.#form.error = error;
    });
    return this.#quoting;
  }

  async #buy(values) {
    const shown = this.#cart.totales.total.importe;
    await this.#quoting;
    if (this.#cart.totales.total.importe !== shown) throw new ApiError("refused", { slug: "total-cambiado" });
    const body = { direccion: addressOf(values), envio: values.envio, correo: values.correo, total: shown };
    this.#isOrdered = true;
    try {
      const order = await this.#pending.send(placeOrder, body);
      await this.#ordered(order, values);
    } catch (error) {
      this.#isOrdered = false;
      throw error;
    }
  }

  /// The order is there, whatever becomes of its payment: its page goes on from here.
  async #ordered({ id, acceso, estado }, values = null) {
    keepAccess(id, acceso);
    forgetCart();
    tellOrder(id, acceso);
    const medio = values?.medio ?? this.#methods[0]?.id;
    if (estado === "pagado" || values === null) return leave(orderUrl(id));
    announce(t("checkout.paying"));
    try {
      return await payAndGo(id, paymentOf(id, medio, values));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return leave(orderUrl(id, { aviso: error.slug || "comprobando" }));
    }
  }

  /// What the shop says to an order; true when something was done about it besides telling it.
  #handle(error) {
    const { slug, kind } = error;
    if (["total-cambiado", "sin-existencias", "cupon-no-valido", "carrito-cambiado"].includes(slug)) {
      this.#requote(this.#form.values).then(() => { this.#form.error = error; });
      return true;
    }
    if (slug === "carrito-vacio") {
      this.#whole.hidden = true;
      this.#notice.message = { title: "checkout.elsewhere", text: "checkout.elsewhere.text", links: this.#account ? [{ href: "/cuenta#pedidos", text: "account.orders" }] : [{ href: "/productos", text: "nav.products" }] };
      return true;
    }
    if (kind === "login") location.assign(loginUrl("/compra"));
    else if (isUnknown(error)) this.#form.error = Object.assign(error, { slug: "compra-sin-respuesta" });
    else return false;
    return true;
  }
}

/// Only whoever has an account fetches this.
async function savedAddresses() {
  const { addresses } = await import("../lib/account-api.js").catch(() => { throw new ApiError("unreachable"); });
  return addresses();
}

new CheckoutPage().start();
