import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { kDefaultOrder, kOrders } from "../lib/query.js";

/// How the list is sorted. Property `order`. Emits `zoco-filter` {orden}.
class ZocoOrder extends ZocoElement {
  #order = kDefaultOrder;

  set order(order) {
    this.#order = order;
    this.update();
  }

  connected() {
    this.listen(this, "change", (event) => this.emit("zoco-filter", { orden: event.target.value }));
  }

  draw() {
    render(this, html`<label class="order"><span>${t("order")}</span>
      <select data-focus="order">${kOrders.map((order) => html`<option value="${order}">${t(`order.${order}`)}</option>`)}
      </select></label>`);
    this.querySelector("select").value = this.#order;
  }
}

customElements.define("zoco-order", ZocoOrder);
