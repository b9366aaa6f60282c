import assert from "node:assert/strict";
import { allProducts, cardNames, openList, settled, shopTest, shopUrl } from "./support/shop.js";

const kNetwork = /ERR_FAILED|ERR_INTERNET_DISCONNECTED|503/;
const kList = "**/Catalogo/productos?*";
const kProblem = {
  status: 503,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "urn:zoco:problem:unavailable", title: "Unavailable", status: 503, request_id: "ref-7f3a" }),
};

shopTest("an unreachable shop is told, and retrying shows the list", { allow: kNetwork }, async (page) => {
  await page.route(kList, (route) => route.abort());
  await page.goto("/productos");
  await page.getByRole("heading", { name: "No hemos podido llegar a la tienda" }).waitFor();
  assert.equal(await page.locator("zoco-card").count(), 0);

  await page.unroute(kList);
  await page.getByRole("button", { name: "Reintentar" }).click();
  await settled(page);
  assert.ok((await page.locator("zoco-card").count()) > 0);
  assert.equal(await page.locator("zoco-notice").isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "h1");
});

for (const [address, pattern] of [["/", kList], ["/productos", kList], ["/producto?id=x", "**/Catalogo/productos/x"]]) {
  shopTest(`a failure on ${address} shows the reference of the request`, { allow: kNetwork }, async (page) => {
    await page.route(pattern, (route) => route.fulfill(kProblem));
    await page.goto(address);
    await page.locator(".notice-id code", { hasText: "ref-7f3a" }).waitFor();
    await page.getByRole("button", { name: "Reintentar" }).waitFor();
  });
}

shopTest("the home page recovers section by section", { allow: kNetwork }, async (page) => {
  await page.route("**/Catalogo/categorias", (route) => route.fulfill(kProblem));
  await page.goto("/");
  await page.locator("#novedades zoco-card").first().waitFor();
  await page.unroute("**/Catalogo/categorias");
  await page.locator("#puestos").getByRole("button", { name: "Reintentar" }).click();
  await page.locator("#puestos .category").first().waitFor();
});

shopTest("when more does not come, what was loaded stays", { allow: kNetwork }, async (page) => {
  const { length } = await allProducts();
  await openList(page);
  const before = await cardNames(page);
  await page.route(kList, (route) => route.fulfill(kProblem));
  await page.getByRole("button", { name: "Mostrar más" }).click();
  await page.locator(".notice-id").waitFor();
  assert.deepEqual(await cardNames(page), before);

  await page.unroute(kList);
  await page.getByRole("button", { name: "Reintentar" }).click();
  await page.locator(`#resultados li:nth-child(${length}) zoco-card`).waitFor();
  assert.equal(await page.locator("zoco-notice").isVisible(), false);
});

shopTest("without a connection the page says so, and goes on by itself when it is back", { allow: kNetwork }, async (page, context) => {
  const { length } = await allProducts();
  await openList(page);
  await context.setOffline(true);
  await page.getByText("Sin conexión").waitFor();
  await page.getByRole("button", { name: "Mostrar más" }).click();
  await page.getByRole("heading", { name: "Parece que no hay conexión" }).waitFor();

  await context.setOffline(false);
  await page.locator(`#resultados li:nth-child(${length}) zoco-card`).waitFor();
  assert.equal(await page.getByText("Sin conexión").count(), 0);
});

shopTest("the last search wins when an earlier answer is late", {}, async (page) => {
  const [product] = await allProducts();
  let release = null;
  const held = new Promise((resolve) => { release = resolve; });
  await openList(page);
  await page.route("**/Catalogo/productos?q=zzqqxxyy*", async (route) => {
    await held;
    await route.continue().catch(() => {}); // the page has given it up
  });
  await page.getByRole("searchbox").fill("zzqqxxyy");
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("searchbox").fill(product.nombre);
  await page.getByRole("searchbox").press("Enter");
  await settled(page);
  release();
  assert.ok((await cardNames(page)).includes(product.nombre));
  assert.equal(await page.locator("h1").textContent(), `Resultados de «${product.nombre}»`);
});

for (const path of ["/no-hay-nada", "/tan/hondo/como/esto", "/FrontEnd/no-hay-nada"]) {
  shopTest(`${path} is the shop's own page for what is not there`, { allow: /404/ }, async (page) => {
    const response = await page.goto(path);
    assert.equal(response.status(), 404);
    await page.getByRole("heading", { name: "Esta página no está en el mercado" }).waitFor();
    await page.getByRole("link", { name: "Volver al inicio" }).click();
    assert.equal(page.url(), `${shopUrl}/`);
  });
}

shopTest("without JavaScript the page says what it needs, in both languages", { javaScriptEnabled: false }, async (page) => {
  await page.goto("/");
  const text = await page.locator(".noscript").textContent();
  assert.match(text, /necesita JavaScript/);
  assert.match(text, /needs JavaScript/);
});
