import "../../i18n/return.js";
import "../../components/zoco-form.js";
import { onLanguage } from "../../i18n/i18n.js";
import { ApiError } from "../../lib/api.js";
import { newKey, sendOnce } from "../../lib/once.js";
import { askReturn } from "../../lib/order-api.js";
import { onSubmit } from "../../lib/submit.js";

/// How many pieces of each line may still come back.
function leftOf({ lineas, devoluciones = [] }) {
  const gone = new Map();
  for (const { producto, cantidad } of devoluciones.flatMap((one) => one.lineas)) gone.set(producto, (gone.get(producto) ?? 0) + cantidad);
  return lineas.map((line) => ({ ...line, left: line.cantidad - (gone.get(line.producto) ?? 0) })).filter(({ left }) => left > 0);
}

/// Asking to give pieces back.
export function part(section, { reload }) {
  const form = section.querySelector("zoco-form");
  let order = null;
  let key = newKey();

  const shape = () => {
    const pieces = ({ producto, nombre, left }) => ({
      name: producto, type: "select", label: "return.line", params: { name: nombre }, required: true,
      options: Array.from({ length: left + 1 }, (_, n) => ({ value: String(n), text: String(n) })),
    });
    form.shape = { submit: "return.go", cancel: "form.cancel",
      fields: [...leftOf(order).map(pieces), { name: "motivo", label: "return.why", maxlength: 200 }] };
  };
  onLanguage(() => { if (!section.hidden) shape(); });
  form.addEventListener("zoco-cancel", () => {
    section.hidden = true;
    document.getElementById("devolver").focus();
  });
  onSubmit(form, async (values) => {
    const lineas = leftOf(order).map(({ producto }) => ({ producto, cantidad: Number(values[producto]) })).filter(({ cantidad }) => cantidad > 0);
    if (lineas.length === 0) throw new ApiError("refused", { slug: "devolucion-vacia" });
    await sendOnce((body, once) => askReturn(order.id, body, once), { lineas, ...(values.motivo && { motivo: values.motivo }) }, key);
    key = newKey();
    section.hidden = true;
    await reload("return.done");
  });
  return {
    open(of) {
      order = of;
      section.hidden = false;
      form.values = {};
      shape();
      section.querySelector("h2").focus();
    },
  };
}
