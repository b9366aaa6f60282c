/// A shopper at the shop: a real Chromium, and what the shop's API says to compare with.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const kArguments = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const kDesktop = { width: 1280, height: 900 };

/// The shop's address, without a slash at its end. Missing: the tests fail.
export const shopUrl = (process.env.ZOCO_URL ?? "").replace(/\/$/, "");
assert.notEqual(shopUrl, "", "ZOCO_URL must say where the shop is, for example http://127.0.0.1:8080");

let browser = null;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.ZOCO_CHROMIUM ?? "/usr/bin/chromium", args: kArguments });
});

after(() => browser?.close());

/// Everything the browser complains about: errors and warnings of the console, exceptions, refusals by the CSP.
function collectNoise(page, noise) {
  page.on("pageerror", (error) => noise.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    const isComplaint = ["error", "warning"].includes(message.type());
    if (isComplaint) noise.push(`console: ${message.text()} ${message.location().url}`);
  });
}

/// A test with a fresh browser context. After it, the page must not have complained, except by what `allow` matches.
///   shopTest("home shows …", { viewport, colorScheme, allow: /503/ }, async (page, context) => …)
export function shopTest(name, options, body) {
  test(name, { timeout: 60000 }, async () => {
    const { allow, ...settings } = options;
    const context = await browser.newContext({ baseURL: shopUrl, viewport: kDesktop, locale: "es-ES", ...settings });
    context.setDefaultTimeout(10000);
    const noise = [];
    context.on("page", (page) => collectNoise(page, noise));
    try {
      await body(await context.newPage(), context);
    } finally {
      await context.close();
    }
    assert.deepEqual(noise.filter((line) => !allow?.test(line)), []);
  });
}

/// What the API answers, as an expectation.
export async function api(path) {
  const response = await fetch(shopUrl + path, { headers: { Accept: "application/json" } });
  assert.equal(response.status, 200, path);
  return response.json();
}

/// All products of the shop (a demonstration catalogue is small enough for one page).
export async function allProducts() {
  const { productos, siguiente } = await api("/Catalogo/productos?limite=100");
  assert.equal(siguiente, null, "these tests are for the demonstration catalogue");
  return productos;
}

/// The names in the grid, in order.
export function cardNames(page) {
  return page.locator("main zoco-card .card-link").allTextContents();
}

/// Opens a list and waits until it is there.
export async function openList(page, search = "") {
  await page.goto(`/productos${search}`);
  await settled(page);
}

/// Until the list has stopped loading.
export async function settled(page) {
  await page.locator("#resultados:not([aria-busy])").waitFor();
  await page.locator("#resultados .skeleton-card").first().waitFor({ state: "detached" });
}

/// Chooses a language, by its own name, and waits until the page is in it.
export async function speak(page, name) {
  const button = page.getByRole("button", { name });
  const code = await button.getAttribute("lang");
  await button.click();
  await page.locator(`html[lang=${code}]`).waitFor();
}

/// Money as the Spanish pages write it.
export function money({ importe, moneda }, locale = "es-ES") {
  return new Intl.NumberFormat(locale, { style: "currency", currency: moneda }).format(importe / 100);
}

/// Letters without their marks, in lower case.
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
