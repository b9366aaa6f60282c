import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { allProducts, settled, shopTest } from "./support/shop.js";

const kAxe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const kRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const kPhone = { width: 360, height: 740 };
const kDesktop = { width: 1280, height: 900 };
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
];

async function violations(page) {
  await page.evaluate(kAxe);
  const { violations: found } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), kRules);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

async function sidewaysScroll(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/// In every dress: light and dark, phone and desktop.
async function violationsInAll(page) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const viewport of [kPhone, kDesktop]) {
      await page.setViewportSize(viewport);
      for (const violation of await violations(page)) found.push(`${colorScheme} ${viewport.width} ${violation}`);
    }
  }
  return found;
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

/// 320 is 400 % zoom on a wide screen, 640 is 200 %.
for (const [name, address, arrived] of kViews) {
  shopTest(`no sideways scroll, nor with letters twice as large: ${name}`, { allow: /404/ }, async (page) => {
    await page.goto(address);
    await arrived(page);
    for (const letters of ["100%", "200%"]) {
      await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, letters);
      for (const width of letters === "100%" ? [320, 360, 640] : [360, 1280]) {
        await page.setViewportSize({ width, height: 640 });
        assert.equal(await sidewaysScroll(page), 0, `${letters} at ${width}`);
      }
    }
  });
}

shopTest("no animation for those who asked for less motion", { reducedMotion: "reduce" }, async (page) => {
  await page.goto("/productos");
  await settled(page);
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((element) => getComputedStyle(element).transitionProperty !== "none" || getComputedStyle(element).animationName !== "none").length);
  assert.equal(moving, 0);
});
