import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { sidewaysScrolls, violationsInAll } from "./support/access.js";
import { openAccount, shopper } from "./support/account.js";
import { accessOf, buy, buyButton, fillCard, fillCheckout, kRefusedCard, openCart, openCheckout, orderOf, orderThere, product, put } from "./support/buying.js";
import { operate } from "./support/operator.js";
import { shopTest, shopUrl, speak } from "./support/shop.js";
import { bytesOf, kMostBytes, modulesOf } from "./support/weight.js";

const kMissing = /404/;
const kThanks = "¡Gracias por tu compra!";
const ham = await product("Jamón de la prueba", { price: 2500, stock: 1000 });

shopTest("an order opens by its mailed link, and the token stays in this tab", {}, async (page, context) => {
  const order = await buy(page, ham);
  await orderThere(page, kThanks);
  const token = await accessOf(page, order);
  const fresh = await context.browser().newContext({ baseURL: shopUrl, locale: "es-ES" });
  const other = await fresh.newPage();
  const told = [];
  other.on("request", (request) => told.push([request.url(), request.headers().referer ?? ""].join(" ")));
  await other.goto(`/pedido?pedido=${order}&acceso=${token}`);
  await orderThere(other, "Pagado");
  assert.equal(other.url(), `${shopUrl}/pedido?pedido=${order}`);
  assert.equal(told.filter((text) => text.includes(token)).length, 1, "the link itself");
  await other.getByRole("main").getByRole("link", { name: "Jamón de la prueba" }).click();
  await other.locator("zoco-product h1").waitFor();
  assert.equal(await other.evaluate(() => document.referrer.includes("acceso")), false);
  await other.goBack();
  await orderThere(other, "Pagado");
  assert.equal(other.url(), `${shopUrl}/pedido?pedido=${order}`);
  await fresh.close();
});

shopTest("an order of somebody else is none", { allow: kMissing }, async (page, context) => {
  const order = await buy(page, ham);
  await orderThere(page, kThanks);
  const fresh = await context.browser().newContext({ baseURL: shopUrl, locale: "es-ES" });
  const other = await fresh.newPage();
  for (const address of [`/pedido?pedido=${order}`, `/pedido?pedido=${order}&acceso=falsa`, "/pedido"]) {
    await other.goto(address);
    await other.getByRole("heading", { name: "No encontramos este pedido" }).waitFor();
  }
  await fresh.close();
});

shopTest("an order that waits for its payment is cancelled after a question", {}, async (page) => {
  const order = await buy(page, ham, { card: kRefusedCard });
  await page.getByRole("button", { name: "Cancelar el pedido" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancelar", exact: true }).click();
  await page.getByRole("button", { name: "Cancelar el pedido" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancelar el pedido" }).click();
  await page.getByRole("heading", { name: "Cancelado" }).waitFor();
  assert.equal(await page.locator("#pagar").isVisible(), false);
  assert.equal((await orderOf(page, order)).estado, "cancelado");
});

shopTest("an order that was cancelled in another tab is shown so instead of being paid", { allow: /409/ }, async (page, context) => {
  const order = await buy(page, ham, { card: kRefusedCard });
  await orderThere(page, "Falta pagarlo");
  await fillCard(page);
  const token = await accessOf(page, order);
  await context.request.post(`${shopUrl}/Pedidos/${order}/cancelacion`, { headers: { "X-Acceso": token } });
  await page.getByRole("button", { name: /^Pagar/ }).click();
  await page.getByRole("heading", { name: "Cancelado" }).waitFor();
});

shopTest("parcels are followed, and pieces are given back", {}, async (page) => {
  const order = await buy(page, ham, { count: 3 });
  await orderThere(page, kThanks);
  const access = { "X-Acceso": await accessOf(page, order) };
  const send = (parcel) => operate("POST", `/Pedidos/${order}/expediciones`, parcel, access);
  await send({ transportista: "Correos", seguimiento: "PQ1", url: "https://www.correos.example/PQ1", lineas: [{ producto: ham.id, cantidad: 1 }] });
  await page.goto(`/pedido?pedido=${order}`);
  await orderThere(page, "En camino, en parte");
  await send({ transportista: "A pie", seguimiento: "<b>2</b>" });
  await page.goto(`/pedido?pedido=${order}`);
  await orderThere(page, "En camino");
  assert.equal(await page.getByRole("link", { name: /Correos: PQ1/ }).getAttribute("href"), "https://www.correos.example/PQ1");
  await page.getByText("<b>2</b>").waitFor();
  await page.route(`**/Pedidos/${order}`, async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    for (const parcel of json.expediciones) parcel.url = "javascript:alert(1)";
    await route.fulfill({ response, json });
  });
  await page.reload();
  await page.getByText("Correos: PQ1").waitFor();
  assert.equal(await page.locator("a[href^=javascript]").count(), 0);
  await page.unroute(`**/Pedidos/${order}`);

  await page.getByRole("button", { name: "Devolver productos" }).click();
  await page.getByRole("button", { name: "Pedir la devolución" }).click();
  await page.getByRole("alert").filter({ hasText: "Elige al menos una unidad." }).waitFor();
  await page.getByLabel("Jamón de la prueba").selectOption("2");
  await page.getByLabel("Por qué").fill("Sobra");
  await page.getByRole("button", { name: "Pedir la devolución" }).click();
  await page.locator("#devoluciones", { hasText: "cuando llegue" }).waitFor();
  await page.getByRole("button", { name: "Devolver productos" }).click();
  assert.deepEqual(await page.getByLabel("Jamón de la prueba").locator("option").allTextContents(), ["0", "1"], "what is left");
});

shopTest("the invoice is kept as a file", {}, async (page) => {
  const order = await buy(page, ham);
  await orderThere(page, kThanks);
  await page.waitForFunction(async (id) => {
    const headers = { "X-Acceso": sessionStorage.getItem(`zoco.acceso.${id}`) };
    return (await (await fetch(`/Pedidos/${id}`, { headers })).json()).facturas.length > 0;
  }, order, { timeout: 20000, polling: 500 });
  await page.reload();
  const kept = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Factura .*PDF/ }).click();
  assert.equal(readFileSync(await (await kept).path()).subarray(0, 5).toString(), "%PDF-");
});

shopTest("the account lists its orders page by page", {}, async (page) => {
  await openAccount(page, await shopper(), "pedidos");
  await page.getByText("Todavía no has comprado nada.").waitFor();
  const orders = (from) => Array.from({ length: 20 }, (_, i) => ({
    id: `p${from + i}`, numero: `N-${from + i}`, estado: "pagado", creado: "2026-11-29T10:00:00Z", total: { importe: 1000 + i, moneda: "EUR" },
  }));
  await page.route("**/Pedidos?*", (route) => {
    const isNext = new URL(route.request().url()).searchParams.get("cursor") === "c";
    return route.fulfill({ json: { pedidos: orders(isNext ? 20 : 0), siguiente: isNext ? null : "c" } });
  });
  await page.reload();
  await page.locator("#pedidos .row").nth(19).waitFor();
  await page.getByRole("button", { name: "Ver más pedidos" }).click();
  await page.locator("#pedidos .row").nth(39).waitFor();
  assert.equal(await page.getByRole("button", { name: "Ver más pedidos" }).count(), 0);
});

/// The pages of buying in their states; each opens one.
const kViews = [
  ["empty cart", openCart],
  ["cart", async (page) => {
    await put(page, ham, 2);
    await openCart(page);
  }],
  ["checkout with faults", async (page) => {
    await put(page, ham, 2);
    await openCheckout(page);
    await buyButton(page).click();
  }],
  ["paid order", async (page) => {
    await buy(page, ham);
    await orderThere(page, kThanks);
  }],
  ["order to be paid", async (page) => {
    await buy(page, ham, { card: kRefusedCard });
    await page.getByRole("button", { name: /^Pagar/ }).waitFor();
  }],
];

for (const [name, open] of kViews) {
  shopTest(`axe finds nothing, nothing scrolls sideways: ${name}`, { reducedMotion: "reduce" }, async (page) => {
    await open(page);
    assert.deepEqual(await violationsInAll(page), []);
    assert.deepEqual(await sidewaysScrolls(page), []);
    await speak(page, "English");
    assert.deepEqual(await violationsInAll(page), []);
  });
}

for (const [path, arrived] of [["/carrito", (page) => page.locator(".cart-line").waitFor()], ["/compra", (page) => buyButton(page).waitFor()]]) {
  shopTest(`${path} names its modules, and is light`, {}, async (page, context) => {
    await put(page, ham);
    const { named, used, loaded } = await modulesOf(page, async () => {
      await page.goto(path);
      await arrived(page);
    });
    assert.deepEqual(named, used);
    assert.deepEqual(loaded.filter((module) => !used.includes(module)), []);
    await weigh(context, path, arrived);
  });
}

shopTest("the page of an order names its modules, and is light, paid or not", {}, async (page, context) => {
  const paid = await buy(page, ham);
  await orderThere(page, kThanks);
  const { named, used } = await modulesOf(page, async () => {
    await page.goto(`/pedido?pedido=${paid}`);
    await orderThere(page, "Pagado");
  });
  assert.deepEqual(named, used);
  const token = await accessOf(page, paid);
  await weigh(context, `/pedido?pedido=${paid}&acceso=${token}`, (other) => orderThere(other, "Pagado"));
  const open = await buy(page, ham, { card: kRefusedCard });
  await orderThere(page, "Falta pagarlo");
  await weigh(context, `/pedido?pedido=${open}&acceso=${await accessOf(page, open)}`, (other) => other.getByRole("button", { name: /^Pagar/ }).waitFor());
});

/// In a browser that has nothing of the shop yet but its cookies.
async function weigh(context, path, arrived) {
  const fresh = await context.browser().newContext({ baseURL: shopUrl, locale: "es-ES", storageState: await context.storageState() });
  const other = await fresh.newPage();
  const bytes = await bytesOf(other, async () => {
    await other.goto(path, { waitUntil: "networkidle" });
    await arrived(other);
  });
  await fresh.close();
  assert.ok(bytes > 0 && bytes < kMostBytes, `${path.split("?")[0]}: ${bytes} bytes`);
}
