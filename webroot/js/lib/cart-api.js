/// What the pages ask about the cart. Each answers the whole cart, and the header counts it. All throw ApiError.

import { get, send } from "./api.js";
import { keepCart } from "./cart-count.js";
import { newKey } from "./once.js";

const kCart = "/Pedidos/carrito";
const line = (product) => `${kCart}/lineas/${encodeURIComponent(product)}`;

async function counted(answer) {
  const cart = await answer;
  keepCart(cart);
  return cart;
}

/// {lineas, cupon, totales, …}; `destination`: {pais, cp, envio}, for its shipping and taxes.
export const cart = (destination = {}) => counted(get(kCart, destination));
/// With a key, so that pieces are not added twice when the answer is lost.
export const addToCart = (producto, cantidad, key = newKey()) =>
  counted(send("POST", `${kCart}/lineas`, { producto, cantidad }, { extra: { "Idempotency-Key": key } }));
export const setQuantity = (product, cantidad) => counted(send("PUT", line(product), { cantidad }));
export const removeLine = (product) => counted(send("DELETE", line(product)));
export const useCoupon = (codigo) => counted(send("POST", `${kCart}/cupones`, { codigo }));
export const removeCoupon = (code) => counted(send("DELETE", `${kCart}/cupones/${encodeURIComponent(code)}`));
