/// Where the shopper was in a list, kept in the history entry: how many products were loaded and how far down.
/// Coming back loads that many again and scrolls there; a reload starts anew.

const kSettleMs = 150;

export function currentPlace() {
  return { loaded: 0, y: 0, ...history.state?.place };
}

export function keepPlace(change) {
  history.replaceState({ ...history.state, place: { ...currentPlace(), ...change } }, "");
}

/// True when this document was opened by the back or forward button.
export function cameBack() {
  return performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

/// Takes scrolling over from the browser, which would scroll before the products are there.
export function followScroll() {
  history.scrollRestoration = "manual";
  let timer = 0;
  const keep = () => keepPlace({ y: Math.round(scrollY) });
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, kSettleMs);
  });
  addEventListener("pagehide", keep);
  return { forget: () => clearTimeout(timer) };
}
