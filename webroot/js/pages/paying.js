import { isUnknown, sendOnce } from "../lib/once.js";
import { orderUrl } from "../lib/order-access.js";
import { pay } from "../lib/order-api.js";
import { loginUrl } from "../lib/own-path.js";
import { follow } from "../lib/payment-action.js";

/// Goes to another page. What is awaited never ends, so that nothing can be pressed again meanwhile.
export function leave(url) {
  location.replace(url);
  return new Promise(() => {});
}

/// Asks for a payment and goes where it goes on: to the bank, or to the order's page, which tells how it went. What nobody
/// knows is looked at there too: it is never asked for anew. Who has to show first who they are goes to do that, and comes
/// back to the order's page. Throws ApiError when it was not taken at all.
export async function payAndGo(order, body) {
  try {
    const payment = await sendOnce(pay, body);
    return await goOn(order, payment);
  } catch (error) {
    if (error.slug === "autenticacion-reciente") return leave(loginUrl(orderUrl(order, { aviso: "confirmado" }), { step: "confirmar" }));
    if (!isUnknown(error) && error.slug !== "pago-en-curso") throw error;
    return leave(orderUrl(order, { aviso: "comprobando" }));
  }
}

/// Where a payment goes on.
export function goOn(order, { id, accion }) {
  const see = (more = {}) => leave(orderUrl(order, { pago: id, ...more }));
  if (!accion || !follow(accion, () => see({ aviso: "banco-cerrado" }))) return see();
  return new Promise(() => {});
}
