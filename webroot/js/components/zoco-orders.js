import { hasText, locale, t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoney } from "../lib/money.js";
import { orderUrl } from "../lib/order-access.js";
import { formatMoment } from "../lib/time.js";

/// The orders of an account. Property `list` = {orders: as the API answers them, hasMore, isBusy}, or null: not yet.
/// Emits `zoco-more`.
class ZocoOrders extends ZocoElement {
  #list = null;

  set list(list) {
    this.#list = list;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      if (event.target.closest("[data-more]") && !this.#list.isBusy) this.emit("zoco-more");
    });
  }

  draw() {
    if (this.#list === null) return render(this, html`<span class="skeleton skeleton-row"></span><span class="skeleton skeleton-row"></span>`);
    const { orders, hasMore, isBusy = false } = this.#list;
    if (orders.length === 0) return render(this, html`<p class="empty">${t("orders.empty")}</p>`);
    return render(this, html`<ul class="rows" role="list">${orders.map(row)}</ul>${hasMore && html`<p><button type="button" class="button is-quiet"
      data-more data-focus="more" aria-disabled="${String(isBusy)}">${t("orders.more")}</button></p>`}`);
  }
}

function row({ id, numero, estado, creado, total }) {
  return html`<li class="row"><div class="row-text"><a href="${orderUrl(id)}"><b>${t("order.of", { number: numero })}</b></a>
    <p class="row-note">${t("order.made", { time: formatMoment(creado) })}</p></div>
    <p>${hasText(`order.state.${estado}`) ? t(`order.state.${estado}`) : estado}</p><p class="lines-total">${formatMoney(total, locale())}</p></li>`;
}

customElements.define("zoco-orders", ZocoOrders);
