/// Logging in with another provider's identity: a real OpenID Connect provider, a real browser.
import assert from "node:assert/strict";
import { before } from "node:test";
import { shopTest, shopUrl } from "./support/shop.js";

const provider = process.env.ZOCO_IDENTITY_URL ?? "";
/// The shop as it names itself to the provider, to which browsers come back.
const origin = shopUrl.replace("127.0.0.1", "localhost");
const returnUrl = `${origin}/Usuarios/externo/prueba/retorno`;

/// The provider's pages want a font from elsewhere, which nobody waits for.
const kCommit = { waitUntil: "commit" };

async function tell(what, body = {}) {
  const response = await fetch(`${provider}/-/${what}`, { method: "POST", body: JSON.stringify(body) });
  assert.equal(response.status, 204, what);
}

before(async () => {
  assert.notEqual(provider, "", "ZOCO_IDENTITY_URL must say where the identity provider is");
  await tell("client", { redirectUri: returnUrl });
});

const isAsking = (url) => url.pathname.startsWith("/interaction/");
const isLeaving = (url) => url.pathname === "/acceso" && !url.searchParams.has("externo");
const isBack = (url) => url.href.startsWith(origin) && !isLeaving(url) && !url.pathname.startsWith("/Usuarios/");

/// Over the provider's forms, as far as it shows any, until a page of the shop is there again.
async function comeBackAs(page, login) {
  await page.waitForURL((url) => isAsking(url) || isBack(url), kCommit);
  while (isAsking(new URL(page.url()))) {
    const form = page.url();
    const submit = page.locator("form button[type=submit]");
    await submit.waitFor();
    if (await page.locator("input[name=login]").count() > 0) {
      await page.locator("input[name=login]").fill(login);
      await page.locator("input[name=password]").fill("cualquiera");
    }
    await submit.click();
    await page.waitForURL((url) => url.href !== form && (isAsking(url) || isBack(url)), kCommit);
  }
}

async function logInAs(page, login) {
  await page.goto("/acceso?volver=/productos");
  await page.getByRole("link", { name: /Prueba/ }).click();
  await comeBackAs(page, login);
}

/// The same for somebody who is let in, until the page is there where they wanted to go.
async function getInAs(page, login) {
  await logInAs(page, login);
  await page.waitForURL((url) => url.pathname === "/productos");
}

async function whoIsIn(page) {
  return page.evaluate(async () => {
    const response = await fetch("/Usuarios/yo");
    return response.ok ? response.json() : null;
  });
}

const kNoise = { baseURL: origin, allow: /401|fonts\.googleapis|favicon/ };

shopTest("an identity of a trusted provider gets an account, and the same one the next time", kNoise,
  async (page, context) => {
    await getInAs(page, "ana");
    assert.equal(new URL(page.url()).pathname, "/productos");
    const first = await whoIsIn(page);
    assert.equal(first.correo, "ana@identidad.example");
    await context.clearCookies();
    await getInAs(page, "ana");
    const second = await whoIsIn(page);
    assert.equal(second.correo, first.correo);
    const list = await page.evaluate(async () => (await fetch("/Usuarios/yo/externos")).json());
    assert.equal(list.externos.length, 1);
  });

shopTest("keys that the provider changed are found", kNoise, async (page) => {
  await tell("rotate");
  await getInAs(page, "berta");
  assert.equal((await whoIsIn(page)).correo, "berta@identidad.example");
});

for (const login of ["sin-verificar", "sin-correo"]) {
  shopTest(`${login}: an address that nobody vouches for gets no account`, kNoise, async (page) => {
    await logInAs(page, login);
    assert.equal(new URL(page.url()).searchParams.get("externo"), "sin-correo");
    assert.equal(await whoIsIn(page), null);
  });
}

shopTest("a return that was begun in another browser lets nobody in", kNoise, async (page, context) => {
  const begun = await fetch(`${origin}/Usuarios/externo/prueba`, { redirect: "manual" });
  assert.equal(begun.status, 303);
  await page.goto(begun.headers.get("location"));
  await comeBackAs(page, "carla");
  assert.equal(new URL(page.url()).searchParams.get("externo"), "caducado");
  assert.equal(await whoIsIn(page), null);
  assert.equal((await context.cookies()).some(({ name }) => /^(__Host-)?zoco$/.test(name)), false);
});

shopTest("a return is good once", kNoise, async (page) => {
  let back = "";
  page.on("request", (request) => { if (request.url().startsWith(returnUrl)) back = request.url(); });
  await getInAs(page, "diana");
  assert.notEqual(await whoIsIn(page), null);
  await page.goto(back);
  assert.equal(new URL(page.url()).searchParams.get("externo"), "caducado");
});

shopTest("`volver` leads to pages of the shop alone", kNoise, async (page) => {
  for (const elsewhere of ["https://malo.example/", "//malo.example", "/\\malo.example", "javascript:alert(1)"]) {
    await page.goto(`/acceso?volver=${encodeURIComponent(elsewhere)}`);
    const link = page.getByRole("link", { name: /Prueba/ });
    const target = new URL(await link.getAttribute("href"), origin);
    assert.equal(target.origin, origin);
    await page.goto(`/Usuarios/externo/prueba?volver=${encodeURIComponent(elsewhere)}`);
    await comeBackAs(page, "ana");
    assert.equal(new URL(page.url()).origin, origin);
    assert.equal(new URL(page.url()).pathname, "/");
  }
});
