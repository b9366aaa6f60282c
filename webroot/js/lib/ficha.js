/// The token of a mailed link, taken out of the address bar at once: it must neither stay in the history nor be shared or
/// sent on by mistake.
export function takeFicha() {
  const url = new URL(location.href);
  const ficha = url.searchParams.get("ficha") ?? new URLSearchParams(url.hash.slice(1)).get("ficha") ?? "";
  url.searchParams.delete("ficha");
  if (url.hash.includes("ficha=")) url.hash = "";
  history.replaceState(history.state, "", url.pathname + url.search + url.hash);
  return ficha;
}
