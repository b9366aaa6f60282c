/// The shop's operator, over the socket in its data folder, which needs no login.
import assert from "node:assert/strict";
import { request } from "node:http";
import { join } from "node:path";

/// What the shop answers to `body`, as JSON. Throws when it refuses.
export function operate(method, path, body = undefined, headers = {}) {
  assert.ok(process.env.ZOCO_DATA, "ZOCO_DATA must say where the shop's data folder is: its socket is there");
  const text = body === undefined ? "" : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request({
      socketPath: join(process.env.ZOCO_DATA, "zoco.sock"), method, path,
      headers: { Host: "localhost", ...headers, ...(text && { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) }) },
    }, async (response) => {
      let answer = "";
      for await (const part of response) answer += part;
      if (response.statusCode >= 300) reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
      else resolve(answer ? JSON.parse(answer) : null);
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

/// A product of the test's own: price in cents, how many there are.
export async function newProduct(name, { price = 1000, stock = 50 } = {}) {
  const sku = `P-${Math.random().toString(36).slice(2, 10).toUpperCase()}`;
  const { id } = await operate("POST", "/Catalogo/productos", {
    sku, nombre: name, precio: { importe: price, moneda: "EUR" }, existencias: stock,
  });
  return { id, sku, nombre: name, precio: { importe: price, moneda: "EUR" } };
}

export function changeProduct({ id }, changes) {
  return operate("PATCH", `/Catalogo/productos/${id}`, changes);
}
