import assert from "node:assert/strict";
import { openAccount, shopper, typeLogin } from "./support/account.js";
import { minor, openCart, product, put } from "./support/buying.js";
import { changeProduct, operate } from "./support/operator.js";
import { shopTest, speak } from "./support/shop.js";

const kGone = /40[49]/;
const cheese = await product("Queso de la prueba", { price: 1250 });
const honey = await product("Miel de la prueba", { price: 800 });

const total = async (page) => minor(await page.locator(".is-total").textContent());
const line = (page, { nombre }) => page.locator(".cart-line", { hasText: nombre });
const announced = (page, text) => page.locator("#anuncio", { hasText: text }).waitFor();

shopTest("an empty cart says so, and leads to the products", {}, async (page) => {
  await openCart(page);
  await page.getByRole("heading", { name: "Tu carrito está vacío" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Todos los productos" }).click();
  await page.waitForURL("**/productos");
  await page.goto("/compra");
  await page.getByRole("heading", { name: "Tu carrito está vacío" }).waitFor();
});

shopTest("what is put in is counted on every page, changed and taken out", {}, async (page) => {
  await put(page, cheese, 2);
  assert.equal(await page.getByRole("link", { name: "Carrito, 2 unidades" }).count(), 1);
  await put(page, cheese);
  await put(page, honey);
  await page.goto("/productos");
  await page.getByRole("link", { name: "Carrito, 4 unidades" }).click();
  await line(page, cheese).waitFor();
  assert.equal(await total(page), 3 * 1250 + 800);

  await page.getByRole("button", { name: "Una unidad más de Queso de la prueba" }).click();
  await announced(page, "Total: 58,00");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Una unidad más de Queso de la prueba");
  await page.getByLabel("Cantidad de Queso de la prueba").fill("1");
  await page.keyboard.press("Enter");
  await announced(page, "Total: 20,50");
  assert.equal(await page.locator(".cart-count").textContent(), "2");

  await page.getByRole("button", { name: "Quitar Miel de la prueba" }).click();
  await announced(page, "Miel de la prueba: quitado");
  assert.equal(await page.locator(".cart-line").count(), 1);
  await page.getByRole("button", { name: "Quitar Queso de la prueba" }).click();
  await page.getByRole("heading", { name: "Tu carrito está vacío" }).waitFor();
  assert.equal(await page.locator(".cart-count").count(), 0);
});

shopTest("many quick presses end with the number that is seen", {}, async (page) => {
  await put(page, cheese);
  await openCart(page);
  const more = page.getByRole("button", { name: /^Una unidad más/ });
  for (let i = 0; i < 6; i += 1) await more.click({ noWaitAfter: true });
  await announced(page, "Total: 87,50");
  await page.reload();
  await line(page, cheese).waitFor();
  assert.equal(await page.getByLabel(/^Cantidad de/).inputValue(), "7");
});

shopTest("a lost answer does not put pieces in twice", { allow: /ERR_FAILED/ }, async (page) => {
  await put(page, honey);
  let isLost = false;
  await page.route("**/Pedidos/carrito/lineas", async (route) => {
    if (isLost) return route.continue();
    isLost = true;
    await route.fetch();
    return route.abort();
  });
  await put(page, cheese, 3);
  assert.ok(isLost);
  assert.equal(await page.locator(".cart-count").textContent(), "4");
});

shopTest("a price that changed is shown with the one before", {}, async (page) => {
  const bread = await product("Pan de la prueba", { price: 200 });
  await put(page, bread, 2);
  await changeProduct(bread, { precio: { importe: 250, moneda: "EUR" } });
  await openCart(page);
  await line(page, bread).getByText(/Ha subido: costaba 2,00.€ y ahora 2,50/).waitFor();
  assert.equal(await total(page), 500);
  await speak(page, "English");
  await line(page, bread).getByText(/it was €2.00, now it is €2.50/).waitFor();
});

shopTest("what is not there any more is told, and stands in the way of an order", {}, async (page) => {
  const [few, none] = [await product("Caracoles de la prueba", { stock: 5 }), await product("Percebes de la prueba", { stock: 5 })];
  await put(page, few, 4);
  await put(page, none, 1);
  await changeProduct(few, { existencias: 2 });
  await operate("DELETE", `/Catalogo/productos/${none.id}`);
  await openCart(page);
  await line(page, few).getByText("Solo quedan 2 unidades.").waitFor();
  await page.getByText("Ya no está a la venta. Quítalo para continuar.").waitFor();
  await page.getByRole("link", { name: "Tramitar el pedido" }).click();
  await page.getByRole("alert").filter({ hasText: "ya no queda tanto como pides" }).waitFor();
  assert.match(page.url(), /\/carrito$/);

  await page.getByRole("button", { name: "Dejar 2" }).click();
  await announced(page, "Carrito cambiado");
  await page.getByRole("button", { name: "Quitar Producto retirado" }).click();
  await announced(page, "quitado");
  await page.getByRole("link", { name: "Tramitar el pedido" }).click();
  await page.waitForURL("**/compra");
});

shopTest("a coupon is used, told when it is none, and taken out", { allow: kGone }, async (page) => {
  const code = `PRUEBA${Math.floor(Math.random() * 1e9)}`;
  await operate("POST", "/Pedidos/cupones", { codigo: code, clase: "porcentaje", valor: 10 });
  await put(page, cheese, 2);
  await openCart(page);
  await page.getByLabel("Cupón").fill("NOHAYTAL");
  await page.getByRole("button", { name: "Usar" }).click();
  await page.getByRole("alert").filter({ hasText: "Ese cupón no existe" }).waitFor();
  await page.getByLabel("Cupón").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Usar" }).click();
  await page.getByText(`Cupón ${code}`).waitFor();
  assert.equal(await total(page), 2250);
  await page.getByRole("button", { name: "Quitar el cupón" }).click();
  await announced(page, "Cupón quitado");
  assert.equal(await total(page), 2500);
});

shopTest("another tab sees what is put in", {}, async (page, context) => {
  await put(page, cheese);
  await openCart(page);
  const other = await context.newPage();
  await put(other, honey, 2);
  await line(page, honey).waitFor();
  assert.equal(await page.locator(".cart-count").textContent(), "3");
});

shopTest("logging in adds the guest's cart to the account's, and logging out leaves none", {}, async (page, context) => {
  const who = await shopper();
  await openAccount(page, who);
  await put(page, cheese, 2);
  await page.locator("button.account-link").click();
  await page.getByRole("button", { name: "Cerrar sesión" }).click();
  await page.getByRole("link", { name: "Acceder" }).first().waitFor();
  await openCart(page);
  await page.getByRole("heading", { name: "Tu carrito está vacío" }).waitFor();

  await put(page, cheese, 1);
  await put(page, honey, 1);
  await page.goto("/acceso?volver=%2Fproductos");
  await typeLogin(page, who);
  await page.waitForURL("**/productos");
  await page.getByRole("link", { name: "Carrito, 4 unidades" }).click();
  await line(page, honey).waitFor();
  assert.equal(await line(page, cheese).getByLabel(/^Cantidad/).inputValue(), "3");
  assert.equal((await context.pages()).length, 1);
});

shopTest("a shop that does not sell says so", { allow: kGone }, async (page) => {
  await page.route("**/Pedidos/carrito/lineas", (route) => route.fulfill({ status: 404, json: {} }));
  await page.goto(`/producto?id=${cheese.id}`);
  await page.getByRole("button", { name: "Añadir al carrito" }).click();
  await page.getByRole("alert").filter({ hasText: "Esto ya no está" }).waitFor();
});
