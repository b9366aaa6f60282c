import { t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoment } from "../lib/time.js";

/// Parcels that are under way, each with what is in it and how to follow it. Properties: `shipments` (as the API answers
/// `expediciones`), and `names` (a Map of product to name).
class ZocoShipments extends ZocoElement {
  names = new Map();
  #shipments = [];

  set shipments(shipments) {
    this.#shipments = shipments;
    this.update();
  }

  draw() {
    const follow = ({ transportista, seguimiento, url }) => (isWeb(url)
      ? html`<a href="${url}" rel="noopener noreferrer" target="_blank">${transportista}: ${seguimiento}<span class="visually-hidden"> ${t("form.new-tab")}</span></a>`
      : html`${transportista}: <span class="secret">${seguimiento}</span>`);
    render(this, html`<ul class="rows" role="list">${this.#shipments.map((shipment) => html`<li class="row"><div class="row-text">
      <b>${follow(shipment)}</b><p class="row-note">${t("order.sent", { time: formatMoment(shipment.momento) })}</p>
      <p ${catalogueLang()}>${shipment.lineas.map(({ producto, cantidad }) => `${cantidad} × ${this.names.get(producto) ?? producto}`).join(", ")}</p></div></li>`)}</ul>`);
  }
}

/// What an operator typed becomes a link only where it is one.
function isWeb(url) {
  return /^https?:\/\//.test(url ?? "");
}

customElements.define("zoco-shipments", ZocoShipments);
