import assert from "node:assert/strict";
import { api, cardNames, settled, shopTest } from "./support/shop.js";

shopTest("home shows the newest products and every stall", {}, async (page) => {
  const newest = await api("/Catalogo/productos?orden=novedad&limite=8");
  const { categorias } = await api("/Catalogo/categorias");
  assert.ok(newest.productos.length > 0 && categorias.length > 1);

  await page.goto("/");
  await page.locator("#novedades zoco-card").first().waitFor();
  assert.deepEqual(await cardNames(page), newest.productos.map((product) => product.nombre));
  await page.locator(".category").first().waitFor();
  assert.deepEqual(await page.locator(".category-name").allTextContents(), categorias.map((category) => category.nombre));
});

shopTest("a stall on the home page leads to its products", {}, async (page) => {
  const { categorias } = await api("/Catalogo/categorias");
  await page.goto("/");
  await page.locator(".category", { hasText: categorias[0].nombre }).click();
  await settled(page);
  assert.equal(await page.locator("h1").textContent(), categorias[0].nombre);
  const names = new Set(await page.locator(".card-category").allTextContents());
  assert.deepEqual([...names], [categorias[0].nombre]);
});

shopTest("searching from the home page leads to the results", {}, async (page) => {
  const { productos } = await api("/Catalogo/productos?limite=1");
  await page.goto("/");
  await page.getByRole("searchbox").fill(productos[0].nombre);
  await page.getByRole("button", { name: "Buscar" }).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get("q"), productos[0].nombre);
  assert.ok((await cardNames(page)).includes(productos[0].nombre));
});

shopTest("the shop is the same below /FrontEnd", {}, async (page) => {
  await page.goto("/FrontEnd");
  await page.locator("#novedades zoco-card").first().waitFor();
  await page.goto("/FrontEnd/productos");
  await settled(page);
  await page.locator("zoco-card a").first().click();
  await page.locator("zoco-product h1").waitFor();
});
