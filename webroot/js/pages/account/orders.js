import "../../i18n/order.js";
import "../../components/zoco-orders.js";
import { t } from "../../i18n/i18n.js";
import { announce } from "../../lib/announce.js";
import { orders } from "../../lib/order-api.js";

/// What was bought with the account, page by page.
export function part(section, { fail }) {
  const list = section.querySelector("zoco-orders");
  const lead = section.querySelector(".panel-lead");
  let shown = [];
  let cursor = null;

  const more = async () => {
    const { pedidos, siguiente } = await orders(cursor);
    shown = [...shown, ...pedidos];
    cursor = siguiente;
    list.list = { orders: shown, hasMore: siguiente !== null };
  };
  lead.dataset.t = "orders.lead";
  lead.textContent = t("orders.lead");
  list.addEventListener("zoco-more", async () => {
    fail(null);
    list.list = { orders: shown, hasMore: true, isBusy: true };
    try {
      await more();
      announce(t("orders.more.done", { n: shown.length }));
    } catch (error) {
      list.list = { orders: shown, hasMore: true };
      fail(error);
    }
  });
  return {
    load() {
      shown = [];
      cursor = null;
      return more();
    },
  };
}
