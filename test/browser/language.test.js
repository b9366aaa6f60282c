import assert from "node:assert/strict";
import { allProducts, cardNames, money, openList, shopTest, speak } from "./support/shop.js";

shopTest("English is kept from page to page, and Spanish comes back", {}, async (page) => {
  const [product] = await allProducts();
  await openList(page);
  const names = await cardNames(page);
  await speak(page, "English");
  assert.equal(await page.locator("h1").textContent(), "All products");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.title(), "All products · Mercado Zoco");
  assert.deepEqual(await cardNames(page), names, "product data stays as it is");
  assert.equal(await page.evaluate(() => document.activeElement.lang), "en", "the focus stays on the switch");

  await page.goto(`/producto?id=${product.id}`);
  await page.locator("zoco-product h1").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.ok((await page.locator(".product-price").textContent()).startsWith(money(product.precio, "en-GB")));

  await speak(page, "Español");
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await page.goto("/");
  assert.equal(await page.locator("h1").textContent(), "El mercado del barrio, en casa");
});

for (const path of ["/", "/acceso", "/registro", "/verificacion", "/olvido", "/clave-nueva", "/privacidad", "/datos", "/carrito", "/compra"]) shopTest(`every fixed text of ${path} changes`, {}, async (page) => {
  await page.goto(path);
  await page.locator("zoco-footer a").first().waitFor();
  const texts = () => page.locator("[data-t]").evaluateAll((all) => all.map((element) => element.textContent));
  const spanish = await texts();
  await speak(page, "English");
  const english = await texts();
  assert.equal(english.length, spanish.length);
  spanish.forEach((text, i) => assert.notEqual(english[i], text));
  await page.reload();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(await texts(), english, "English from the beginning");
});

for (const name of ["", "account.", "mine.", "identities.", "privacy.", "form.", "address.", "buy.", "cart.", "checkout.", "pay.", "order.", "return."]) shopTest(`both languages have the same texts with the same blanks: ${name}`, {}, async (page) => {
  await page.goto("/");
  const [es, en] = await page.evaluate(async (begin) => {
    const tables = await Promise.all(["es", "en"].map((code) => import(`/js/i18n/${begin}${code}.js`)));
    return tables.map((table) => table.default);
  }, name);
  assert.ok(Object.keys(es).length > 5);
  assert.deepEqual(Object.keys(en).sort(), Object.keys(es).sort());
  const forms = (text) => (typeof text === "object" ? Object.values(text) : [text]);
  const blanks = (text) => forms(text).map((form) => (form.match(/\{\w+\}/g) ?? []).sort().join());
  for (const key of Object.keys(es)) assert.deepEqual(blanks(en[key]), blanks(es[key]), key);
});

shopTest("what the catalogue says is marked as Spanish for those who hear the page in English", {}, async (page) => {
  const [product] = await allProducts();
  const places = [
    ["/", ".card-link, .category-name, .card-category"],
    [`/productos?categoria=${product.categoria}`, "h1, .card-link, [data-category]:not([data-category='']) > span:first-child, .chip-text"],
    [`/producto?id=${product.id}`, "h1, .crumbs li:nth-child(n+2) :is(a, span), .prose, .card-link"],
  ];
  await page.goto("/");
  await speak(page, "English");
  for (const [address, texts] of places) {
    await page.goto(address);
    await page.locator(texts.split(",").at(-1)).first().waitFor();
    await page.locator("zoco-card").first().waitFor();
    const heard = await page.locator(texts).evaluateAll((all) => all.map((text) => [text.className || text.localName, text.closest("[lang]").lang]));
    assert.ok(heard.length > 3, address);
    assert.deepEqual(heard.filter(([, lang]) => lang !== "es"), [], address);
    const own = await page.locator(".footer p, .header-nav a, .stock, .product-heading").evaluateAll((all) => all.map((text) => text.closest("[lang]").lang));
    assert.ok(own.every((lang) => lang === "en"));
    await speak(page, "Español");
    assert.equal(await page.locator("main [lang]").count(), 0, "no marks where all is Spanish");
    await speak(page, "English");
  }
});
