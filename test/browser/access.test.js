import assert from "node:assert/strict";
import { kPhone, sidewaysScrolls, violations, violationsInAll } from "./support/access.js";
import { allProducts, settled, shopTest } from "./support/shop.js";

const [product] = await allProducts();

/// The pages in each of their states, and what tells that they are there.
const kViews = [
  ["home", "/", (page) => page.locator("#novedades zoco-card").first().waitFor()],
  ["list", "/productos", settled],
  ["narrowed list", `/productos?q=a&precio_min=1&categoria=${product.categoria}`, settled],
  ["empty list", "/productos?q=zzqqxxyy", (page) => page.locator("#resultados .category").first().waitFor()],
  ["product", `/producto?id=${product.id}`, (page) => page.locator("zoco-product h1").waitFor()],
  ["missing product", "/producto?id=no-existe", (page) => page.locator(".notice").waitFor()],
  ["missing page", "/no-hay-nada", (page) => page.locator(".missing h1").waitFor()],
  ["login", "/acceso", formThere],
  ["registration", "/registro", formThere],
  ["verification", "/verificacion?ficha=x", formThere],
  ["verification without its token", "/verificacion", (page) => page.locator("[data-state=none]").waitFor()],
  ["forgotten password", "/olvido", formThere],
  ["new password", "/clave-nueva?ficha=x", formThere],
  ["privacy", "/privacidad", usesThere],
  ["a guest's data", "/datos", formThere],
  ["a guest's data, to be erased", "/datos?accion=borrar&ficha=x", formThere],
];

function formThere(page) {
  return page.locator("form.form:visible").first().waitFor();
}

function usesThere(page) {
  return page.locator(".use").first().waitFor();
}

for (const [name, address, arrived] of kViews) {
  shopTest(`axe finds nothing: ${name}`, { reducedMotion: "reduce", allow: /404/ }, async (page) => {
    await page.goto(address);
    await arrived(page);
    assert.deepEqual(await violationsInAll(page), []);
  });
}

shopTest("axe finds nothing: failed list, open filters", { viewport: kPhone, reducedMotion: "reduce", allow: /503/ }, async (page) => {
  await page.goto("/productos");
  await settled(page);
  await page.getByRole("button", { name: "Filtrar" }).click();
  await page.route("**/Catalogo/productos?*", (route) => route.fulfill({ status: 503, json: { request_id: "r-1" } }));
  await page.getByRole("button", { name: "Mostrar más" }).click();
  await page.locator(".notice-id").waitFor();
  assert.deepEqual(await violationsInAll(page), []);
});

shopTest("axe does find a planted fault", {}, async (page) => {
  await page.goto("/");
  await page.locator("#novedades zoco-card").first().waitFor();
  await page.evaluate(() => document.querySelector("main").append(document.createElement("button")));
  assert.match((await violations(page)).join(), /button-name/);
});

for (const [name, address, arrived] of kViews) {
  shopTest(`no sideways scroll, nor with letters twice as large: ${name}`, { allow: /404/ }, async (page) => {
    await page.goto(address);
    await arrived(page);
    assert.deepEqual(await sidewaysScrolls(page), []);
  });
}

shopTest("no animation for those who asked for less motion", { reducedMotion: "reduce" }, async (page) => {
  await page.goto("/productos");
  await settled(page);
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((element) => getComputedStyle(element).transitionProperty !== "none" || getComputedStyle(element).animationName !== "none").length);
  assert.equal(moving, 0);
});
