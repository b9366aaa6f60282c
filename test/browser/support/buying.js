/// Shoppers who buy.
import assert from "node:assert/strict";
import { after } from "node:test";
import { newProduct, operate } from "./operator.js";
import { shopUrl } from "./shop.js";

export const kCard = "4548 8100 0000 0003";
export const kChallengeCard = "4548 8172 1249 3017";
export const kRefusedCard = "5576 4400 2278 8500";
/// Shipping of the demonstration shop to the peninsula, up to two kilos.
export const kShipping = 495;

/// A product for one test file, which is not sold afterwards: { price, stock }.
export async function product(name, settings) {
  const made = await newProduct(name, settings);
  after(() => operate("DELETE", `/Catalogo/productos/${made.id}`).catch(() => {}));
  return made;
}

/// Puts pieces into the cart from the product's page.
export async function put(page, { id }, count = 1) {
  await page.goto(`/producto?id=${id}`);
  await page.getByLabel("Cantidad").fill(String(count));
  await page.getByRole("button", { name: "Añadir al carrito" }).click();
  await page.locator(".buy-done a").waitFor();
}

export async function openCart(page) {
  await page.goto("/carrito");
  await page.locator("#carrito:not([aria-busy])").waitFor({ state: "attached" });
}

/// Opens the checkout and waits until it says what it costs.
export async function openCheckout(page) {
  await page.goto("/compra");
  await buyButton(page).waitFor();
}

export async function fillAddress(page, { name = "Ana Núñez", line = "Calle Mayor, 1", postCode = "28013", town = "Madrid" } = {}) {
  await page.getByLabel("Nombre y apellidos").fill(name);
  await page.getByLabel("Calle y número").fill(line);
  await page.getByLabel("Código postal").fill(postCode);
  await page.getByLabel("Localidad").fill(town);
}

export async function fillCard(page, number = kCard) {
  await page.getByLabel("Número de tarjeta").fill(number);
  await page.getByLabel("Caducidad").fill("12/39");
  await page.getByLabel("CVV").fill("123");
}

/// Everything that a guest has to write.
export async function fillCheckout(page, { email = "ana@example.org", card = kCard, ...address } = {}) {
  await page.getByLabel("Correo electrónico").fill(email);
  await fillAddress(page, address);
  await fillCard(page, card);
  await page.waitForLoadState("networkidle");
}

export function buyButton(page) {
  return page.getByRole("button", { name: /^Comprar y pagar/ });
}

/// What a guest does to order and pay; the order's id.
export async function buy(page, what, { count = 1, ...wishes } = {}) {
  await put(page, what, count);
  await openCheckout(page);
  await fillCheckout(page, wishes);
  await buyButton(page).click();
  await page.waitForURL(/\/pedido\?/);
  return new URL(page.url()).searchParams.get("pedido");
}

/// Until the page of an order tells how it stands.
export async function orderThere(page, title) {
  await page.waitForURL(/\/pedido\?/);
  await page.getByRole("heading", { name: title }).waitFor();
}

/// The token that this page's tab keeps for an order.
export function accessOf(page, order) {
  return page.evaluate((id) => sessionStorage.getItem(`zoco.acceso.${id}`), order);
}

/// An order as the shop tells it to this page's tab.
export function orderOf(page, id) {
  return page.evaluate(async (order) => {
    const access = sessionStorage.getItem(`zoco.acceso.${order}`) ?? "";
    return (await fetch(`/Pedidos/${order}`, { headers: { "X-Acceso": access } })).json();
  }, id);
}

/// Requests of a method to an address, as they are sent.
export function sent(page, method, path) {
  const found = [];
  page.on("request", (request) => {
    if (request.method() === method && new URL(request.url()).pathname === path) found.push(request);
  });
  return found;
}

/// Lets the next `count` requests reach the shop, and loses what it answers.
export async function loseAnswers(page, path, count) {
  let left = count;
  await page.route(shopUrl + path, async (route) => {
    if (route.request().method() !== "POST" || left === 0) return route.continue();
    left -= 1;
    await route.fetch();
    return route.abort();
  });
}

/// Minor units of what a page writes as money.
export function minor(text) {
  const [amount] = /[\d.]*\d,\d\d/.exec(text) ?? [];
  assert.ok(amount, text);
  return Number(amount.replace(/\D/g, ""));
}
