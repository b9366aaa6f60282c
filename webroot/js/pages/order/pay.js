import "../../i18n/pay.js";
import "../../components/zoco-form.js";
import { hasText, locale, onLanguage, t } from "../../i18n/i18n.js";
import { formatMoney } from "../../lib/money.js";
import { payFields, paymentOf } from "../../lib/pay-fields.js";
import { onSubmit } from "../../lib/submit.js";
import { goOn, payAndGo } from "../paying.js";

/// The key of what is to be said about the last try, or "".
function whyNot({ payment, news }) {
  if (payment?.estado === "rechazado") return hasText(`refused.${payment.rechazo?.consejo}`) ? `refused.${payment.rechazo.consejo}` : "refused";
  if (news === "sin-cobro") return "refused.nothing";
  if (news === "" || news === "comprobando") return "";
  return hasText(`problem.${news}`) ? `problem.${news}` : "refused";
}

/// Paying for an order that waits for it, or going on at the bank where a payment was left.
export function part(section, { reload }) {
  const form = section.querySelector("zoco-form");
  let shown = null;

  const chosen = () => form.held.medio ?? shown.methods[0].id;
  const shape = () => {
    const total = formatMoney(shown.order.totales.total, locale());
    form.hold({ ...form.held, medio: chosen() });
    form.shape = { submit: "pay.go", params: { total }, fields: payFields(shown.methods, chosen()) };
  };
  const show = () => {
    section.hidden = false;
    section.querySelector("#seguir").hidden = shown.payment?.estado !== "requiere_accion";
    const why = section.querySelector("#rechazo");
    const key = whyNot(shown);
    why.hidden = key === "";
    why.textContent = key && t(key);
    shape();
  };

  section.querySelector("#continuar").addEventListener("click", () => goOn(shown.order.id, shown.payment));
  form.addEventListener("zoco-field", ({ detail: { name } }) => { if (name === "medio") shape(); });
  onSubmit(form, (values) => payAndGo(shown.order.id, paymentOf(shown.order.id, chosen(), values)), ({ slug }) => {
    if (slug === "pedido-no-pagable") reload(); // it is another one by now, in another tab or by the clock
    return slug === "pedido-no-pagable";
  });
  onLanguage(() => { if (!section.hidden) show(); });
  return {
    show(what) {
      shown = what;
      show();
    },
  };
}
