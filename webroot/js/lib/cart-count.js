/// How many pieces lie in the cart, for the header of every page: this browser remembers it, so that no page has to ask.

const kKey = "zoco.carrito";
const kUnknown = "?";

/// Sent to the document after each change of the number, from another tab too.
export const kCartEvent = "zoco-cart";

function keep(text) {
  try {
    localStorage.setItem(kKey, text);
  } catch {
    // storage may be forbidden: then no number is shown
  }
  document.dispatchEvent(new Event(kCartEvent));
}

/// A number, or null when it has to be asked for.
export function cartCount() {
  try {
    const text = localStorage.getItem(kKey) ?? "0";
    return text === kUnknown ? null : Number.parseInt(text, 10) || 0;
  } catch {
    return 0;
  }
}

/// After the shop told what lies in the cart.
export function keepCart({ lineas }) {
  keep(String(lineas.reduce((sum, { cantidad }) => sum + cantidad, 0)));
}

/// After an order, which takes the cart away, and after logging out.
export function forgetCart() {
  keep("0");
}

/// After logging in: the account's cart may have more.
export function doubtCart() {
  keep(kUnknown);
}

addEventListener("storage", (event) => {
  if (event.key === kKey) document.dispatchEvent(new Event(kCartEvent));
});
