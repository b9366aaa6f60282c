import assert from "node:assert/strict";
import { allProducts, api, cardNames, money, openList, plain, settled, shopTest } from "./support/shop.js";

const kPage = 24;

async function search(page, text) {
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("searchbox").press("Enter");
  await settled(page);
}

shopTest("a search without accents finds names with them", {}, async (page) => {
  const words = (await allProducts()).flatMap(({ nombre }) => nombre.split(/[^\p{L}]+/u).map((word) => ({ nombre, word })));
  const accented = words.find(({ word }) => word.length > 3 && plain(word) !== word.toLowerCase());
  assert.ok(accented, "the demonstration catalogue has accented names");

  await openList(page);
  await search(page, plain(accented.word).toUpperCase());
  assert.ok((await cardNames(page)).includes(accented.nombre));
  await page.waitForFunction(() => document.activeElement.localName === "h1");
  const { total } = await api(`/Catalogo/productos?q=${encodeURIComponent(plain(accented.word))}`);
  await page.locator("#anuncio", { hasText: String(total) }).waitFor({ state: "attached" });
});

shopTest("a stall narrows the list, its chip widens it again", {}, async (page) => {
  const { categorias } = await api("/Catalogo/categorias");
  const stall = categorias[1];
  await openList(page);
  const everything = await page.locator("#cuenta").textContent();

  await page.locator(`[data-category="${stall.id}"]`).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get("categoria"), stall.id);
  assert.equal(await page.locator("zoco-card").count(), Math.min(kPage, stall.productos));
  assert.equal(await page.locator(`[data-category="${stall.id}"]`).getAttribute("aria-current"), "true");

  await page.getByRole("button", { name: `Quitar: ${stall.nombre}` }).click();
  await settled(page);
  assert.equal(await page.locator("#cuenta").textContent(), everything);
  assert.equal(new URL(page.url()).search, "");
});

shopTest("prices narrow the list, in either order", {}, async (page) => {
  const prices = (await allProducts()).map(({ precio }) => precio.importe).sort((a, b) => a - b);
  const [low, high] = [prices[Math.floor(prices.length / 4)], prices[Math.floor(prices.length / 2)]];
  const typed = (minor) => (minor / 100).toFixed(2).replace(".", ",");

  await openList(page);
  await page.getByLabel("Desde").fill(typed(high));
  await page.getByLabel("Hasta").fill(typed(low));
  await page.getByRole("button", { name: "Aplicar" }).click();
  await settled(page);

  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get("precio_min"), searchParams.get("precio_max")], [String(low), String(high)]);
  const found = prices.filter((price) => price >= low && price <= high).length;
  assert.match(await page.locator("#cuenta").textContent(), new RegExp(`^${found}\\s`));
});

shopTest("a price that is no amount is told, and nothing moves", {}, async (page) => {
  await openList(page);
  await page.getByLabel("Desde").fill("barato");
  await page.getByRole("button", { name: "Aplicar" }).click();
  await page.getByRole("alert").filter({ hasText: "cantidad" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "precio_min");
  assert.equal(await page.getByLabel("Desde").getAttribute("aria-invalid"), "true");
  assert.equal(new URL(page.url()).search, "");
});

for (const orden of ["precio", "-precio", "novedad"]) {
  shopTest(`sorting by ${orden} shows the order of the API and keeps the focus`, {}, async (page) => {
    const expected = await api(`/Catalogo/productos?orden=${orden}&limite=${kPage}`);
    await openList(page);
    const select = page.getByLabel("Ordenar por");
    await select.focus();
    await select.selectOption(orden);
    await settled(page);
    await page.waitForFunction((name) => document.querySelector(".card-link").textContent === name, expected.productos[0].nombre);
    assert.deepEqual(await cardNames(page), expected.productos.map(({ nombre }) => nombre));
    assert.equal(await page.evaluate(() => document.activeElement.localName), "select");
  });
}

shopTest("more products join those shown, none twice, until all are there", {}, async (page) => {
  const everything = (await allProducts()).map(({ id }) => id).sort();
  assert.ok(everything.length > kPage, `more than ${kPage} products`);
  await openList(page);
  const before = await cardNames(page);
  assert.equal(before.length, kPage);
  assert.equal(await page.locator(".more-count").textContent(), `${kPage} de ${everything.length}`);

  await page.getByRole("button", { name: "Mostrar más" }).click();
  await page.locator(`#resultados li:nth-child(${everything.length}) zoco-card`).waitFor();
  assert.deepEqual((await cardNames(page)).slice(0, kPage), before);
  const links = await page.locator("zoco-card a").evaluateAll((all) => all.map((a) => new URL(a.href).searchParams.get("id")));
  assert.deepEqual(links.sort(), everything);
  assert.equal(await page.getByRole("button", { name: "Mostrar más" }).count(), 0);
  const focused = await page.evaluate(() => [...document.querySelectorAll(".card-link")].indexOf(document.activeElement));
  assert.equal(focused, kPage);
});

shopTest("coming back from a product restores what was loaded and where", {}, async (page) => {
  const { length } = await allProducts();
  await openList(page);
  await page.getByRole("button", { name: "Mostrar más" }).click();
  const last = page.locator(`#resultados li:nth-child(${length}) a`);
  await last.scrollIntoViewIfNeeded();
  const name = await last.textContent();
  await last.click();
  await page.locator("zoco-product h1", { hasText: name }).waitFor();

  await page.goBack();
  await settled(page);
  assert.equal(await page.locator("zoco-card").count(), length);
  await page.waitForFunction((i) => {
    const box = document.querySelectorAll(".card-link")[i].getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }, length - 1);
});

shopTest("back and forward walk through searches and filters", {}, async (page) => {
  const [stall] = (await api("/Catalogo/categorias")).categorias;
  await openList(page);
  const all = await cardNames(page);
  await page.locator(`[data-category="${stall.id}"]`).click();
  await settled(page);
  const some = await cardNames(page);

  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Todos los productos" }).waitFor();
  await settled(page);
  assert.deepEqual(await cardNames(page), all);
  await page.goForward();
  await page.getByRole("heading", { level: 1, name: stall.nombre }).waitFor();
  await settled(page);
  assert.deepEqual(await cardNames(page), some);
});

shopTest("an address alone brings back the whole view", {}, async (page) => {
  const product = (await allProducts()).find(({ categoria }) => categoria);
  const { categoria, precio: { importe } } = product;
  const query = `?q=${encodeURIComponent(product.nombre)}&categoria=${categoria}&orden=-precio&precio_min=${importe}&precio_max=${importe}`;
  await openList(page, query);
  assert.deepEqual(await cardNames(page), [product.nombre]);
  assert.equal(await page.getByRole("searchbox").inputValue(), product.nombre);
  assert.equal(await page.getByLabel("Ordenar por").inputValue(), "-precio");
  assert.equal(await page.getByLabel("Desde").inputValue(), String(importe / 100).replace(".", ","));
  assert.equal(await page.locator(".chip").count(), 3);
  assert.equal(await page.locator(".card-price").textContent(), money(product.precio));
});

shopTest("finding nothing suggests a way on", {}, async (page) => {
  const { categorias } = await api("/Catalogo/categorias");
  await openList(page, "?q=zzqqxxyy");
  await page.getByRole("heading", { name: "No hemos encontrado nada así" }).waitFor();
  await page.locator("#resultados .category").first().waitFor();
  assert.equal(await page.locator("#resultados .category").count(), categorias.length);
  await page.getByRole("link", { name: "Quitar filtros" }).click();
  await page.locator("#resultados zoco-card").first().waitFor();
});

shopTest("what makes no sense in an address is left out", {}, async (page) => {
  await openList(page, "?orden=al-tuntun&precio_min=barato&precio_max=-3");
  assert.ok((await page.locator("zoco-card").count()) > 0);
  assert.equal(await page.locator(".chip").count(), 0);
});

shopTest("on a phone the filters unfold and fold", { viewport: { width: 360, height: 740 } }, async (page) => {
  await openList(page);
  assert.equal(await page.getByLabel("Desde").isVisible(), false);
  await page.getByRole("button", { name: "Filtrar" }).click();
  assert.equal(await page.getByRole("button", { name: "Filtrar" }).getAttribute("aria-expanded"), "true");
  await page.locator("[data-category]").nth(1).click();
  await settled(page);
  assert.equal(await page.getByLabel("Desde").isVisible(), false);
  assert.equal(await page.locator(".chip").count(), 1);
});
