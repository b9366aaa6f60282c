import assert from "node:assert/strict";
import { openAccount, shopper, typeLogin } from "./support/account.js";
import {
  buy, buyButton, fillCard, fillCheckout, kChallengeCard, kRefusedCard, kShipping, loseAnswers, minor, openCheckout, orderOf,
  orderThere, product, put, sent,
} from "./support/buying.js";
import { changeProduct, operate } from "./support/operator.js";
import { shopTest, shopUrl } from "./support/shop.js";

const kGone = /40[49]/;
const kThanks = "¡Gracias por tu compra!";
const oil = await product("Aceite de la prueba", { price: 1290, stock: 1000 });

shopTest("a guest buys with a card, from the product to the paid order", {}, async (page) => {
  await put(page, oil, 2);
  await page.getByRole("link", { name: "Ver el carrito" }).click();
  await page.getByRole("link", { name: "Tramitar el pedido" }).click();
  await buyButton(page).waitFor();
  await fillCheckout(page);
  const shown = minor(await buyButton(page).textContent());
  assert.equal(shown, 2 * 1290 + kShipping);
  await buyButton(page).click();
  await orderThere(page, kThanks);
  assert.equal(minor(await page.locator(".is-total").textContent()), shown);
  assert.equal(await page.locator(".cart-count").count(), 0);
  assert.equal(page.url().includes("acceso"), false);
  const order = await orderOf(page, new URL(page.url()).searchParams.get("pedido"));
  assert.deepEqual([order.estado, order.totales.total.importe, order.correo], ["pagado", shown, "ana@example.org"]);
  assert.equal(order.direccion.provincia, "Madrid", "the post code has chosen it");

  await page.reload();
  await orderThere(page, kThanks);
  await page.goBack();
  assert.doesNotMatch(page.url(), /\/compra$/, "the checkout is no longer behind it");
});

shopTest("what is missing or wrong is told beside its field, before anything is ordered", {}, async (page) => {
  const orders = sent(page, "POST", "/Pedidos");
  await put(page, oil);
  await openCheckout(page);
  await buyButton(page).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "correo");
  await fillCheckout(page, { card: "4548 8100 0000 0004" });
  await page.getByLabel("Caducidad").fill("12/20");
  await buyButton(page).click();
  await page.getByText("alguna cifra no cuadra").waitFor();
  await page.getByText("Esta tarjeta está caducada.").waitFor();
  assert.equal(orders.length, 0);
});

shopTest("the shop's own faults stand beside their fields too", { allow: /422/ }, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  await page.getByLabel("Provincia").selectOption("Las Palmas");
  await buyButton(page).click();
  await page.locator("[name=cp][aria-invalid=true]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "cp");
});

shopTest("what it costs follows the destination and the way there", {}, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await page.getByRole("radio", { name: /Envío urgente/ }).check();
  await page.getByRole("button", { name: /21,85/ }).waitFor();
  await page.getByLabel("Código postal").fill("35001");
  await page.getByLabel("Localidad").fill("Las Palmas");
  await page.getByRole("radio", { name: /Envío urgente/ }).waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("Localidad").inputValue(), "Las Palmas");
  assert.equal(await page.getByRole("radio", { name: /Envío estándar/ }).isChecked(), true);
  assert.equal(await page.locator(".totals-taxes li").count(), 0, "no IVA on the Canary Islands");
  await page.getByLabel("País").selectOption("PT");
  await page.getByLabel("Provincia o región").waitFor();
  await page.getByLabel("País").selectOption("CH");
  await page.waitForLoadState("networkidle");
  await buyButton(page).click();
  await page.getByText("Todavía no llevamos pedidos como este a ese destino.").waitFor();
});

shopTest("a challenge of the bank is passed, and comes back to the paid order", {}, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page, { card: kChallengeCard });
  await buyButton(page).click();
  await page.getByLabel("Código que te hemos enviado").fill("123456");
  await page.getByRole("button", { name: "Confirmar" }).click();
  await page.getByRole("button", { name: "Continuar" }).click();
  await orderThere(page, kThanks);
});

shopTest("a challenge that was left can be gone on with", {}, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page, { card: kChallengeCard });
  let payment = null;
  await page.route("**/Pagos", async (route) => {
    const response = await route.fetch();
    payment = await response.json();
    await route.fulfill({ response });
  });
  await buyButton(page).click();
  await page.getByLabel("Código que te hemos enviado").waitFor();
  const { id, pedido } = payment;
  await page.goto(`/pedido?pedido=${pedido}&pago=${id}`);
  await orderThere(page, "Falta pagarlo");
  await page.getByRole("button", { name: "Seguir en la página del banco" }).click();
  await page.getByLabel("Código que te hemos enviado").fill("123456");
  await page.getByRole("button", { name: "Confirmar" }).click();
  await page.getByRole("button", { name: "Continuar" }).click();
  await orderThere(page, kThanks);
});

shopTest("a refused card is told, and another one pays the same order", {}, async (page) => {
  const order = await buy(page, oil, { card: kRefusedCard });
  await orderThere(page, "Falta pagarlo");
  await page.getByRole("alert").filter({ hasText: "No se ha cobrado nada" }).waitFor();
  await fillCard(page);
  await page.getByRole("button", { name: /^Pagar/ }).click();
  await orderThere(page, kThanks);
  assert.equal(new URL(page.url()).searchParams.get("pedido"), order);
  assert.equal((await orderOf(page, order)).estado, "pagado");
});

shopTest("who has to show who they are does, and goes on paying the same order", { allow: /40[13]/ }, async (page) => {
  const who = await shopper();
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  const stale = { type: "urn:zoco:problem:autenticacion-reciente", title: "x", status: 403 };
  await page.route(`${shopUrl}/Pagos`, (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(stale) }));
  await buyButton(page).click();
  await page.waitForURL(/\/acceso\?/);
  await page.unroute(`${shopUrl}/Pagos`);
  await typeLogin(page, who);
  await orderThere(page, "Falta pagarlo");
  await page.getByText("ya sabemos que eres tú").waitFor();
  await fillCard(page);
  await page.getByRole("button", { name: /^Pagar/ }).click();
  await orderThere(page, kThanks);
});

shopTest("a customer buys with a saved address what a guest's cart had", {}, async (page) => {
  const who = await shopper();
  await openAccount(page, who, "direcciones");
  await page.getByRole("button", { name: "Añadir una dirección" }).click();
  const form = page.locator("#direccion");
  for (const [label, text] of [["Nombre y apellidos", "Ana Núñez"], ["Calle y número", "Gran Vía, 3"], ["Código postal", "41001"], ["Localidad", "Sevilla"]]) {
    await form.getByLabel(label).fill(text);
  }
  await form.getByRole("button", { name: "Guardar" }).click();
  await page.locator("#direcciones .row").waitFor();
  await page.locator("button.account-link").click();
  await page.getByRole("button", { name: "Cerrar sesión" }).click();
  await page.getByRole("link", { name: "Acceder" }).first().waitFor();

  await put(page, oil, 2);
  await openCheckout(page);
  await page.getByRole("link", { name: "Entra y usa tus direcciones" }).click();
  await typeLogin(page, who);
  await page.waitForURL("**/compra");
  await buyButton(page).waitFor();
  assert.equal(await page.getByLabel("Correo electrónico").inputValue(), who.email);
  assert.equal(await page.getByLabel("Calle y número").inputValue(), "Gran Vía, 3");
  await fillCard(page);
  await buyButton(page).click();
  await orderThere(page, kThanks);
  await page.getByText("41001 Sevilla").waitFor();

  await page.goto("/cuenta#pedidos");
  await page.locator("#pedidos .row", { hasText: "Pagado" }).getByRole("link").click();
  await orderThere(page, "Pagado");
});

shopTest("a double click orders and pays once", { allow: kGone }, async (page) => {
  const [orders, payments] = [sent(page, "POST", "/Pedidos"), sent(page, "POST", "/Pagos")];
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  await buyButton(page).dblclick({ delay: 5 });
  await orderThere(page, kThanks);
  assert.deepEqual([orders.length, payments.length], [1, 1]);
});

shopTest("two tabs order once, and both show the order", { allow: kGone }, async (page, context) => {
  await put(page, oil);
  await openCheckout(page);
  const other = await context.newPage();
  await openCheckout(other);
  await fillCheckout(page);
  await fillCheckout(other);
  await buyButton(page).click();
  await orderThere(page, kThanks);
  await other.waitForURL(/\/pedido\?/);
  await other.getByRole("heading", { name: /Pagado|Falta pagarlo|Gracias/ }).waitFor();
  assert.equal(new URL(other.url()).searchParams.get("pedido"), new URL(page.url()).searchParams.get("pedido"));
});

shopTest("an order from elsewhere leaves nothing to order here", { allow: kGone }, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  await page.evaluate(() => fetch("/Pedidos/carrito", { method: "DELETE" }));
  await buyButton(page).click();
  await page.getByRole("heading", { name: "Este carrito ya está pedido" }).waitFor();
});

shopTest("a lost answer to an order is asked for again with the same key", { allow: /ERR_FAILED/ }, async (page) => {
  const orders = sent(page, "POST", "/Pedidos");
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  await loseAnswers(page, "/Pedidos", 1);
  await buyButton(page).click();
  await orderThere(page, kThanks);
  assert.equal(orders.length, 2);
  assert.equal(new Set(orders.map((request) => request.headers()["idempotency-key"])).size, 1);
});

shopTest("an order whose answers were all lost is found after a reload", { allow: /ERR_FAILED/ }, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  await loseAnswers(page, "/Pedidos", 3);
  await buyButton(page).click();
  await page.getByRole("alert").filter({ hasText: "No sabemos si tu pedido ha llegado" }).waitFor();
  await page.reload();
  await orderThere(page, "Falta pagarlo");
  await fillCard(page);
  await page.getByRole("button", { name: /^Pagar/ }).click();
  await orderThere(page, kThanks);
});

shopTest("a payment whose answer was lost is not made again", { allow: /ERR_FAILED/ }, async (page) => {
  const payments = sent(page, "POST", "/Pagos");
  await put(page, oil);
  await openCheckout(page);
  await fillCheckout(page);
  await loseAnswers(page, "/Pagos", 3);
  await buyButton(page).click();
  await orderThere(page, "Pagado");
  assert.equal(payments.length, 3);
  assert.equal(new Set(payments.map((request) => request.headers()["idempotency-key"])).size, 1);
  assert.equal(await page.getByRole("button", { name: /^Pagar/ }).count(), 0);
});

shopTest("a price that changes meanwhile is shown before anything is ordered", { allow: kGone }, async (page) => {
  const wine = await product("Vino de la prueba", { price: 900 });
  await put(page, wine);
  await openCheckout(page);
  await fillCheckout(page);
  await changeProduct(wine, { precio: { importe: 1100, moneda: "EUR" } });
  await buyButton(page).click();
  await page.getByRole("alert").filter({ hasText: "El total ha cambiado" }).waitFor();
  await page.getByRole("button", { name: /15,95/ }).click();
  await orderThere(page, kThanks);
  assert.equal(minor(await page.locator(".is-total").textContent()), 1100 + kShipping);
});

shopTest("what is sold out meanwhile is told, and not sold", { allow: kGone }, async (page) => {
  const crab = await product("Nécoras de la prueba", { stock: 3 });
  await put(page, crab, 2);
  await openCheckout(page);
  await fillCheckout(page);
  await changeProduct(crab, { existencias: 1 });
  await buyButton(page).click();
  await page.getByRole("alert").filter({ hasText: "ya no queda tanto como pides" }).waitFor();
  await page.locator("#resumen").getByText("Solo queda 1 unidad.").waitFor();
  await page.getByRole("link", { name: "Cambiar el carrito" }).click();
  await page.getByRole("button", { name: "Dejar 1" }).click();
  await page.locator("#anuncio", { hasText: "Carrito cambiado" }).waitFor();
  await openCheckout(page);
  await fillCheckout(page);
  await buyButton(page).click();
  await orderThere(page, kThanks);
});

shopTest("what costs nothing asks for no card", {}, async (page) => {
  const [whole, free] = [`TODO${Math.floor(Math.random() * 1e9)}`, await product("Muestra de la prueba", { price: 100 })];
  await operate("POST", "/Pedidos/cupones", { codigo: whole, clase: "porcentaje", valor: 100 });
  await put(page, free);
  await page.goto("/carrito");
  await page.getByLabel("Cupón").fill(whole);
  await page.getByRole("button", { name: "Usar" }).click();
  await page.getByText(`Cupón ${whole}`).waitFor();
  await openCheckout(page);
  assert.equal(minor(await buyButton(page).textContent()), kShipping, "the shipping has to be paid");
});

shopTest("everything can be bought with the keyboard alone", {}, async (page) => {
  await put(page, oil);
  await openCheckout(page);
  await page.getByLabel("Correo electrónico").focus();
  const type = async (text) => {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  };
  for (const text of ["ana@example.org", "Ana Núñez", "Calle Mayor, 1", "", "28013", "Madrid"]) await type(text);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Tab"); // province, country, phone
  await page.keyboard.press("Tab"); // the way of shipping
  for (const text of ["4548810000000003", "1239", "123"]) await type(text);
  assert.equal(await page.evaluate(() => document.activeElement.type), "submit");
  await page.keyboard.press("Enter");
  await orderThere(page, kThanks);
});
