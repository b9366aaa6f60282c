/// What the pages ask about orders and payments. All throw ApiError.

import { download, get, send } from "./api.js";
import { accessHeader } from "./order-access.js";

const kOrderMs = 30000;
const kPaymentMs = 70000; // a bank may be slow
const kPerPage = 20;
const at = (id) => `/Pedidos/${encodeURIComponent(id)}`;
const once = (key, extra = {}) => ({ ...extra, "Idempotency-Key": key });

/// {envios: [{id, nombre, precio}]}: how what is in the cart can get there.
export const shippings = (pais, cp) => get("/Pedidos/envios", { pais, cp });
/// {direccion, envio, correo, total} -> the order, with its `acceso`.
export const placeOrder = (body, key) => send("POST", "/Pedidos", body, { extra: once(key), timeoutMs: kOrderMs });
/// {pedidos: [{id, numero, estado, creado, total}], siguiente}: those of the account, the newest first.
export const orders = (cursor) => get("/Pedidos", { limite: kPerPage, cursor });
export const order = (id) => get(at(id), {}, undefined, accessHeader(id));
export const cancelOrder = (id, key) => send("POST", `${at(id)}/cancelacion`, {}, { extra: once(key, accessHeader(id)) });
/// {lineas: [{producto, cantidad}], motivo}
export const askReturn = (id, body, key) => send("POST", `${at(id)}/devoluciones`, body, { extra: once(key, accessHeader(id)) });
/// As a PDF; `numero`: which one, where there are several.
export const invoice = (id, numero = "") =>
  download(`${at(id)}/factura${numero && `?${new URLSearchParams({ numero })}`}`, undefined, accessHeader(id));

/// {medios: [{id, conTarjeta}]}: ways to pay.
export const methods = () => get("/Pagos/medios");
/// {pedido, medio, tarjeta?, caducidad?, cvv?} -> {id, estado, accion?, rechazo?}
export const pay = (body, key) =>
  send("POST", "/Pagos", body, { extra: once(key, accessHeader(body.pedido)), timeoutMs: kPaymentMs });
export const payment = (id, order) => get(`/Pagos/${encodeURIComponent(id)}`, {}, undefined, accessHeader(order));
