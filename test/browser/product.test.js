import assert from "node:assert/strict";
import { allProducts, api, cardNames, money, openList, settled, shopTest, shopUrl } from "./support/shop.js";

/// Opens the product as the API tells it, with `change` made to the answer.
async function openChanged(page, change) {
  const [{ id }] = await allProducts();
  const product = { ...(await api(`/Catalogo/productos/${id}`)), ...change };
  await page.route(`**/Catalogo/productos/${id}`, (route) => route.fulfill({ json: product }));
  await page.goto(`/producto?id=${id}`);
  await page.locator("zoco-product h1").waitFor();
  return product;
}

const kPicture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='9' height='9'><path d='M0 0h9v9z'/></svg>";

shopTest("a product opens from the list and tells all there is", {}, async (page) => {
  await openList(page);
  const card = page.locator("zoco-card a").nth(2);
  const id = new URL(await card.evaluate((a) => a.href)).searchParams.get("id");
  const product = await api(`/Catalogo/productos/${id}`);
  await card.click();

  await page.getByRole("heading", { level: 1, name: product.nombre }).waitFor();
  assert.equal(await page.title(), `${product.nombre} · Mercado Zoco`);
  assert.ok((await page.locator(".product-price").textContent()).startsWith(money(product.precio)));
  const details = await page.locator(".details tr").allTextContents();
  for (const { nombre, valor } of product.atributos) assert.ok(details.includes(`${nombre}${valor}`), nombre);
  assert.ok(details.some((row) => row.endsWith(product.sku)));
  if (product.descripcion) {
    assert.equal(await page.locator(".prose").textContent(), product.descripcion.replace(/\n\s*\n/g, ""));
  }
});

shopTest("a product opens by its sku too", {}, async (page) => {
  const [product] = await allProducts();
  await page.goto(`/producto?sku=${encodeURIComponent(product.sku)}`);
  await page.getByRole("heading", { level: 1, name: product.nombre }).waitFor();
});

shopTest("the trail leads to the product's stall, and others of it are shown", {}, async (page) => {
  const { categorias } = await api("/Catalogo/categorias");
  const stall = categorias.find(({ productos }) => productos > 1);
  const { productos: [product] } = await api(`/Catalogo/productos?categoria=${stall.id}&limite=1`);
  await page.goto(`/producto?id=${product.id}`);
  await page.locator("#parecidos zoco-card").first().waitFor();
  assert.equal((await cardNames(page)).includes(product.nombre), false);
  await page.getByRole("navigation", { name: "Estás en" }).getByRole("link", { name: stall.nombre }).click();
  await settled(page);
  assert.equal(await page.locator("h1").textContent(), stall.nombre);
});

for (const [what, stock, expected] of [
  ["plenty", { disponible: true, existencias: 40 }, "En existencias"],
  ["an unknown number", { disponible: true, existencias: null }, "En existencias"],
  ["few", { disponible: true, existencias: 3 }, "Quedan 3 unidades"],
  ["one", { disponible: true, existencias: 1 }, "Queda 1 unidad"],
  ["none", { disponible: false, existencias: 0 }, "Agotado"],
]) {
  shopTest(`the stock is told when there is ${what}`, {}, async (page) => {
    await openChanged(page, stock);
    assert.equal(await page.locator(".stock").textContent(), expected);
  });
}

shopTest("the gallery shows the picture that is chosen", {}, async (page) => {
  const imagenes = ["/prueba/1.svg", "/prueba/2.svg", "/prueba/3.svg"];
  await page.route("**/prueba/*.svg", (route) => route.fulfill({ contentType: "image/svg+xml", body: kPicture }));
  await openChanged(page, { imagenes });
  await page.getByRole("button", { name: "Fotografía 2 de 3" }).click();
  assert.equal(await page.locator(".gallery-main img").getAttribute("src"), imagenes[1]);
  assert.equal(await page.getByRole("button", { name: "Fotografía 2 de 3" }).getAttribute("aria-pressed"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Fotografía 2 de 3");
});

shopTest("without a picture the initials stand in for it", {}, async (page) => {
  await openChanged(page, { nombre: "Ñame de la huerta", imagen: null, imagenes: [] });
  assert.equal(await page.locator("zoco-product .tile-letters").textContent(), "ÑH");
});

shopTest("a picture that does not load gives way to the initials", { allow: /404|ERR_FAILED/ }, async (page) => {
  await page.route("**/prueba/rota.svg", (route) => route.abort());
  await openChanged(page, { nombre: "Té verde", imagenes: ["/prueba/rota.svg"] });
  await page.locator("zoco-product .tile-letters", { hasText: "TV" }).waitFor();
});

shopTest("markup in a product's data is shown as text", {}, async (page) => {
  const nasty = '<img src=x onerror="document.title=1">"\'`&amp;';
  await openChanged(page, { nombre: nasty, descripcion: nasty, marca: nasty, atributos: [{ nombre: nasty, valor: nasty }] });
  assert.equal(await page.locator("zoco-product h1").textContent(), nasty);
  assert.equal(await page.locator(".details tr").first().textContent(), nasty + nasty);
  assert.equal(await page.locator("img[src=x]").count(), 0);
  await page.goto(`/productos?q=${encodeURIComponent(nasty)}`);
  await settled(page);
  assert.equal(await page.locator("h1").textContent(), `Resultados de «${nasty}»`);
  assert.equal(await page.locator("img[src=x]").count(), 0);
});

for (const address of ["/producto?id=no-existe-este", "/producto"]) {
  shopTest(`${address} says that there is no such product`, { allow: /404/ }, async (page) => {
    await page.goto(address);
    await page.getByRole("heading", { name: "No encontramos este producto" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Todos los productos" }).last().click();
    await settled(page);
    assert.equal(page.url(), `${shopUrl}/productos`);
  });
}
