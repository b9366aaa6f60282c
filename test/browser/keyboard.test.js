import assert from "node:assert/strict";
import { cardNames, openList, settled, shopTest } from "./support/shop.js";

const kLongestWay = 40;

/// Presses Tab until the focused element matches `selector`; every stop must show where the focus is.
async function tabTo(page, selector) {
  for (let i = 0; i < kLongestWay; i += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate((wanted) => {
      const element = document.activeElement;
      const rings = [element, element.closest(".search"), element.closest(".card"), element.closest(".field-box")]
        .filter(Boolean).map((e) => getComputedStyle(e));
      const isShown = rings.some((style) => (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow.includes("0px 0px 0px 2px"));
      const box = element.getBoundingClientRect();
      return { isThere: element.matches(wanted), isShown, isOnScreen: box.bottom > 0 && box.top < innerHeight, what: element.outerHTML.slice(0, 120) };
    }, selector);
    assert.ok(stop.isShown, `focus is visible on ${stop.what}`);
    assert.ok(stop.isOnScreen, `focus is on screen on ${stop.what}`);
    if (stop.isThere) return;
  }
  assert.fail(`Tab never reached ${selector}`);
}

shopTest("a whole visit by keyboard: search, choose, look, go on", {}, async (page) => {
  await page.goto("/");
  await page.locator("#novedades zoco-card").first().waitFor();
  const [word] = (await cardNames(page))[0].split(" ");
  await tabTo(page, ".skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "contenido");

  await tabTo(page, "input[type=search]");
  await page.keyboard.type(word);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/productos?*");
  await settled(page);
  const [name] = await cardNames(page);
  await tabTo(page, "[data-category]");
  await tabTo(page, "select");
  await tabTo(page, ".chip");
  await tabTo(page, ".card-link");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();

  await tabTo(page, ".crumbs a[href*=productos]");
  await page.keyboard.press("Enter");
  await settled(page);
});

shopTest("filters, order and more work by keyboard", {}, async (page) => {
  await openList(page);
  await page.locator("[data-category]").nth(1).focus();
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "h1");
  await tabTo(page, ".chip");
  await page.keyboard.press("Space");
  await settled(page);
  assert.equal(await page.locator(".chip").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "h1");

  await tabTo(page, "select");
  await page.keyboard.press("ArrowDown");
  await page.waitForURL("**/productos?orden=precio");
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "select");
  const before = (await cardNames(page)).length;
  await page.locator(".more button").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((count) => document.querySelectorAll(".card-link").length > count, before);
});

shopTest("registering works by keyboard", {}, async (page) => {
  let sent = null;
  await page.route("**/Usuarios", (route) => {
    sent = route.request().postDataJSON();
    return route.fulfill({ status: 202 });
  });
  await page.goto("/registro");
  for (const [name, text] of [["nombre", "Ana Núñez"], ["correo", "ana@example.org"], ["clave", "grapa caballo mesa"]]) {
    await tabTo(page, `#registro [name=${name}]`);
    await page.keyboard.type(text);
  }
  await tabTo(page, "#registro [data-show]");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#registro [name=clave]").getAttribute("type"), "text");
  await tabTo(page, "#registro [name=acepta]");
  await page.keyboard.press("Space");
  await tabTo(page, "#registro [type=submit]");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Mira tu correo" }).waitFor();
  const { condiciones, privacidad, ...typed } = sent;
  assert.deepEqual(typed, { nombre: "Ana Núñez", correo: "ana@example.org", clave: "grapa caballo mesa" });
  assert.ok(condiciones && privacidad, "what was agreed to");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Mira tu correo");
  await tabTo(page, "#otra");
});
