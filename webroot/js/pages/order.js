import "./common.js";
import "../i18n/buy.js";
import "../i18n/order.js";
import "../components/zoco-alert.js";
import "../components/zoco-confirm.js";
import "../components/zoco-lines.js";
import "../components/zoco-notice.js";
import "../components/zoco-totals.js";
import { hasText, locale, onLanguage, t } from "../i18n/i18n.js";
import { announce } from "../lib/announce.js";
import { ApiError } from "../lib/api.js";
import { countryName } from "../lib/countries.js";
import { html, render } from "../lib/html.js";
import { keepFile } from "../lib/keep-file.js";
import { formatMoney } from "../lib/money.js";
import { sendOnce } from "../lib/once.js";
import { orderUrl, takeOrder } from "../lib/order-access.js";
import * as orders from "../lib/order-api.js";
import { loginUrl } from "../lib/own-path.js";
import { formatMoment } from "../lib/time.js";

const kPollMs = 2000;
const kPolls = 30;
const kOpen = ["pendiente", "confirmado"];
const kWaiting = ["desconocido", "autorizado"];
const kGood = ["pagado", "preparado", "enviado_parcial", "enviado", "entregado"];
const kParts = { pay: () => import("./order/pay.js"), return: () => import("./order/return.js") };
const kMissing = { title: "order.missing", text: "order.missing.text" };

/// One order: how it stands, what is in it, and what can be done with it. ?pago= is the payment that the buyer comes from.
class OrderPage {
  #id = takeOrder();
  #payment = null;
  #order = null;
  #methods = [];
  #news = "";
  #polls = 0;
  #made = new Map(); // parts that were fetched
  #whole = document.getElementById("pedido");
  #alert = document.querySelector("zoco-alert");
  #notice = document.querySelector("zoco-notice");
  #confirm = document.querySelector("zoco-confirm");

  start() {
    this.#news = this.#takeNews();
    document.addEventListener("zoco-retry", () => this.load());
    this.#on("cancelar", () => this.#cancel());
    this.#on("devolver", () => this.#openReturn());
    document.getElementById("facturas").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.#do(() => this.#keepInvoice(button.dataset.number));
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    onLanguage(() => this.#show());
    document.title = t("title", { page: t("order.title") });
    this.load();
  }

  #on(id, act) {
    document.getElementById(id).addEventListener("click", () => this.#do(act));
  }

  /// What another page has to tell here, once.
  #takeNews() {
    const url = new URL(location.href);
    const news = url.searchParams.get("aviso") ?? "";
    url.searchParams.delete("aviso");
    history.replaceState(history.state, "", url.pathname + url.search);
    return /^[a-z-]{1,40}$/.test(news) ? news : "";
  }

  async load() {
    this.#notice.clear();
    try {
      if (!this.#id) throw new ApiError("missing");
      await this.#ask();
      if (this.#methods.length === 0 && kOpen.includes(this.#order.estado)) this.#methods = (await orders.methods().catch(() => ({ medios: [] }))).medios;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#whole.hidden = true;
      if (error.kind !== "missing") this.#notice.error = error;
      else this.#notice.message = { ...kMissing, links: [{ href: loginUrl(orderUrl(this.#id)), text: "account.enter" }] };
      return;
    }
    this.#whole.hidden = false;
    this.#whole.removeAttribute("aria-busy");
    this.#show();
    if (this.#isWaiting) this.#pollLater();
  }

  async #ask() {
    const payment = new URLSearchParams(location.search).get("pago");
    const none = (error) => (error.kind === "missing" ? null : Promise.reject(error)); // it may be another order's
    [this.#order, this.#payment] = await Promise.all([
      orders.order(this.#id), payment ? orders.payment(payment, this.#id).catch(none) : null]);
  }

  /// Nobody knows yet whether it is paid.
  get #isWaiting() {
    if (!kOpen.includes(this.#order.estado) || this.#polls >= kPolls) return false;
    const isUnknown = this.#payment && (kWaiting.includes(this.#payment.estado) || this.#payment.accion?.tipo === "espera");
    return Boolean(isUnknown) || this.#news === "comprobando" || this.#payment?.estado === "capturado";
  }

  #pollLater() {
    setTimeout(async () => {
      this.#polls += 1;
      await this.#ask().catch(() => {}); // the next one may
      if (this.#news === "comprobando" && this.#payment === null && this.#polls > kPolls / 6) this.#news = "sin-cobro"; // nothing was paid
      this.#show();
      if (this.#isWaiting) this.#pollLater();
    }, kPollMs);
  }

  #show() {
    document.title = t("title", { page: t("order.title") });
    if (!this.#order) return;
    const { numero, estado, creado, lineas, totales, direccion, correo, envio, expediciones = [] } = this.#order;
    const part = (id) => document.getElementById(id);
    document.title = t("title", { page: t("order.of", { number: numero }) });
    part("numero").textContent = t("order.of", { number: numero });
    part("creado").textContent = t("order.made", { time: formatMoment(creado) });
    part("estado").dataset.look = this.#isWaiting ? "wait" : kGood.includes(estado) ? "good" : "plain";
    this.#say();
    this.#do(() => this.#showPay());
    part("lineas").lines = lineas;
    part("totales").totals = { totales };
    render(part("destino"), addressMarkup(direccion));
    part("como").textContent = [hasText(`ship.${envio}`) ? t(`ship.${envio}`) : envio, correo].filter(Boolean).join(" · ");
    part("envios").hidden = expediciones.length === 0;
    if (expediciones.length > 0) this.#do(() => this.#showShipments(part("envios").querySelector("zoco-shipments")));
    this.#showActions();
    this.#showHistory();
  }

  async #showShipments(list) {
    await import("../components/zoco-shipments.js").catch(() => { throw new ApiError(navigator.onLine ? "unreachable" : "offline"); });
    list.names = new Map(this.#order.lineas.map(({ producto, nombre }) => [producto, nombre]));
    list.shipments = this.#order.expediciones;
  }

  /// How it stands, in one sentence and one more.
  #say() {
    const { estado } = this.#order;
    const isFresh = estado === "pagado" && this.#payment !== null;
    const key = this.#isWaiting ? "order.now.comprobando" : isFresh ? "order.now.gracias" : `order.now.${estado}`;
    const known = hasText(key) ? key : "order.now.otro";
    const [title, text] = [document.getElementById("estado-titulo"), document.getElementById("estado-texto")];
    if (title.textContent !== t(known)) title.textContent = t(known);
    text.textContent = t(`${known}.text`, { email: this.#order.correo ?? "", time: this.#order.caduca ? formatMoment(this.#order.caduca) : "" });
  }

  get #can() {
    const isOpen = kOpen.includes(this.#order.estado);
    return { pagar: isOpen, cancelar: isOpen, devolver: false, ...this.#order.puede };
  }

  async #showPay() {
    const section = document.getElementById("pagar");
    const isOffered = this.#can.pagar && !this.#isWaiting && this.#methods.length > 0;
    if (!isOffered) section.hidden = true;
    else (await this.#part("pay", section)).show({ order: this.#order, payment: this.#payment, methods: this.#methods, news: this.#news });
  }

  /// A part of the page that is fetched when it is needed first.
  async #part(name, section) {
    if (!this.#made.has(name)) {
      const { part } = await kParts[name]().catch(() => { throw new ApiError(navigator.onLine ? "unreachable" : "offline"); });
      if (!this.#made.has(name)) this.#made.set(name, part(section, { reload: (key) => this.#reload(key) }));
    }
    return this.#made.get(name);
  }

  /// After what changed the order; `key`: what is said about it.
  async #reload(key) {
    await this.load();
    if (!key) return;
    announce(t(key));
    document.getElementById("numero").focus();
  }

  #showActions() {
    const { facturas = [], devoluciones = [] } = this.#order;
    document.getElementById("cancelar").hidden = !this.#can.cancelar || this.#isWaiting;
    document.getElementById("devolver").hidden = !this.#can.devolver;
    const until = document.getElementById("devolver-hasta");
    until.textContent = this.#can.devolver && this.#can.devolver_hasta ? t("return.until", { time: formatMoment(this.#can.devolver_hasta) }) : "";
    render(document.getElementById("facturas"), html`${facturas.map(({ numero, clase }) => html`<li><button type="button" class="button is-quiet"
      data-number="${numero}">${t(clase === "rectificativa" ? "invoice.corrective" : "invoice.of", { number: numero })}</button></li>`)}`);
    document.getElementById("devoluciones").hidden = devoluciones.length === 0;
    render(document.querySelector("#devoluciones ul"), html`${devoluciones.map((one) => html`<li>${t(`return.state.${one.estado === "recibida" ? "recibida" : "solicitada"}`, {
      time: formatMoment(one.momento), amount: one.importe?.moneda ? formatMoney(one.importe, locale()) : formatMoney({ importe: one.importe ?? 0, moneda: this.#order.totales.total.moneda }, locale()) })}</li>`)}`);
  }

  #showHistory() {
    render(document.getElementById("historia"), html`${this.#order.historia.map(({ momento, a }) => html`<li><b>${stateName(a)}</b> <span class="row-note">${formatMoment(momento)}</span></li>`)}`);
  }

  async #do(act) {
    this.#alert.error = null;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#alert.error = error;
    }
  }

  async #cancel() {
    const isPaid = this.#order.estado !== "pendiente";
    const wanted = await this.#confirm.ask({ title: "cancel.title", text: isPaid ? t("cancel.money") : "", go: "cancel.go" });
    if (!wanted) return;
    await sendOnce((id, key) => orders.cancelOrder(id, key), this.#id);
    await this.#reload("cancel.done");
  }

  async #keepInvoice(number) {
    const { blob, name } = await orders.invoice(this.#id, number);
    keepFile(blob, name || `factura-${number}.pdf`);
  }

  async #openReturn() {
    (await this.#part("return", document.getElementById("devolucion"))).open(this.#order);
  }
}

function stateName(state) {
  return hasText(`order.state.${state}`) ? t(`order.state.${state}`) : state;
}

function addressMarkup({ nombre, linea1, linea2, cp, ciudad, provincia, pais, telefono }) {
  const region = provincia && provincia !== ciudad ? ` (${provincia})` : "";
  return html`<b>${nombre}</b><br>${linea1}${linea2 && html`, ${linea2}`}<br>${cp} ${ciudad}${region}<br>${countryName(pais)}${telefono && html`<br>${telefono}`}`;
}

new OrderPage().start();
