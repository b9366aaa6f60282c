/// The tokens that open orders without an account. Only this tab keeps them, not the address: it is shared, kept in the
/// history and told to other pages.

const kKey = "zoco.acceso.";
const kChannel = "zoco.pedidos";

export function accessOf(order) {
  try {
    return sessionStorage.getItem(kKey + order) ?? "";
  } catch {
    return "";
  }
}

export function keepAccess(order, access) {
  try {
    if (access) sessionStorage.setItem(kKey + order, access);
  } catch {
    // storage may be forbidden: then the mailed link opens it
  }
}

/// For requests about an order.
export function accessHeader(order) {
  const access = accessOf(order);
  return access ? { "X-Acceso": access } : {};
}

/// The order that the address names; a token beside it is kept, and leaves the address bar.
export function takeOrder() {
  const url = new URL(location.href);
  const hash = new URLSearchParams(url.hash.slice(1));
  const of = (name) => url.searchParams.get(name) ?? hash.get(name) ?? "";
  const order = of("pedido") || of("id");
  const access = of("acceso") || of("ficha");
  if (!access) return order;
  keepAccess(order, access);
  for (const name of ["acceso", "ficha"]) url.searchParams.delete(name);
  url.searchParams.set("pedido", order);
  url.hash = "";
  history.replaceState(history.state, "", url.pathname + url.search);
  return order;
}

export function orderUrl(order, more = {}) {
  return `/pedido?${new URLSearchParams({ pedido: order, ...more })}`;
}

/// Tells the other tabs that the cart became this order.
export function tellOrder(order, access) {
  const channel = new BroadcastChannel(kChannel);
  channel.postMessage({ order, access });
  channel.close();
}

/// Calls `handler(order)` when another tab has ordered; this tab may then open it too.
export function onOrder(handler) {
  new BroadcastChannel(kChannel).addEventListener("message", ({ data: { order, access } }) => {
    keepAccess(order, access);
    handler(order);
  });
}
