import assert from "node:assert/strict";
import { allProducts, settled, shopTest } from "./support/shop.js";
import { bytesOf, kMostBytes, modulesOf } from "./support/weight.js";

const kMostShift = 0.02;
const [product] = await allProducts();
const kPages = [
  ["/", (page) => page.locator("#novedades zoco-card").first().waitFor()],
  ["/productos", settled],
  [`/producto?id=${product.id}`, (page) => page.locator("#parecidos zoco-card").first().waitFor()],
];
const usesThere = (page) => page.locator(".use").first().waitFor();
const formThere = (page) => page.locator("form.form").first().waitFor();
const kForms = ["/acceso", "/registro", "/olvido", "/verificacion?ficha=x", "/clave-nueva?ficha=x", "/datos"];

for (const [address, arrived] of [...kPages, ["/privacidad", usesThere], ...kForms.map((path) => [path, formThere])]) {
  shopTest(`${address.split("?")[0]} names the modules it uses, no more and no less`, {}, async (page) => {
    const { named, used, loaded } = await modulesOf(page, async () => {
      await page.goto(address);
      await arrived(page);
    });
    assert.deepEqual(named, used);
    assert.deepEqual(loaded, used);
  });

  shopTest(`${address.split("?")[0]} is light`, {}, async (page) => {
    const bytes = await bytesOf(page, async () => {
      await page.goto(address, { waitUntil: "networkidle" });
      await arrived(page);
    });
    assert.ok(bytes > 0 && bytes < kMostBytes, `${bytes} bytes`);
  });
}

for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 900 }]) {
  for (const address of kForms) {
    shopTest(`${address.split("?")[0]} stays put while it loads, ${viewport.width}`, { viewport }, async (page) => {
      await watchShifts(page);
      const scripts = await holdAnswers(page, "**/js/pages/*.js");
      await page.goto(address, { waitUntil: "commit" });
      await page.locator("main h1").first().waitFor();
      await painted(page);
      scripts.release();
      await formThere(page);
      await page.waitForLoadState("networkidle");
      const shift = await page.evaluate(() => window.shift);
      assert.ok(shift < kMostShift, `shift ${shift}`);
    });
  }

  for (const [address, arrived] of kPages) {
    shopTest(`${address.split("?")[0]} stays put while it loads, ${viewport.width}`, { viewport }, async (page) => {
      await watchShifts(page);
      const answers = await holdAnswers(page, "**/Catalogo/**");
      await page.goto(address);
      await page.locator(".skeleton").first().waitFor();
      await painted(page);
      answers.release();
      await arrived(page);
      await page.waitForLoadState("networkidle");
      const shift = await page.evaluate(() => window.shift);
      assert.ok(shift < kMostShift, `shift ${shift}`);
    });
  }
}

async function watchShifts(page) {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

function painted(page) {
  return page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
}

/// Keeps answers back until release(), so that the page is painted without them first.
async function holdAnswers(page, pattern) {
  let release = null;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return { release };
}
