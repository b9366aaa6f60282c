/// Logging in with another provider's identity: a real OpenID Connect provider, a real browser.
import assert from "node:assert/strict";
import { comeBackAs, getInAs, kOverProvider, logInAs, origin, returnUrl, tell, whoIsIn } from "./support/identity.js";
import { shopTest } from "./support/shop.js";

/// The page says what the way came to, and its address no longer does.
async function told(page, text) {
  await page.locator("#externo", { hasText: text }).waitFor();
  assert.equal(new URL(page.url()).search, "");
}

shopTest("an identity of a trusted provider gets an account, and the same one the next time", kOverProvider,
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

shopTest("keys that the provider changed are found", kOverProvider, async (page) => {
  await tell("rotate");
  await getInAs(page, "berta");
  assert.equal((await whoIsIn(page)).correo, "berta@identidad.example");
});

for (const login of ["sin-verificar", "sin-correo"]) {
  shopTest(`${login}: an address that nobody vouches for gets no account`, kOverProvider, async (page) => {
    await logInAs(page, login);
    await told(page, "no nos ha dado un correo comprobado");
    assert.equal(await whoIsIn(page), null);
  });
}

shopTest("a return that was begun in another browser lets nobody in", kOverProvider, async (page, context) => {
  const begun = await fetch(`${origin}/Usuarios/externo/prueba`, { redirect: "manual" });
  assert.equal(begun.status, 303);
  await page.goto(begun.headers.get("location"));
  await comeBackAs(page, "carla");
  await told(page, "ha caducado o empezó en otro navegador");
  assert.equal(await whoIsIn(page), null);
  assert.equal((await context.cookies()).some(({ name }) => /^(__Host-)?zoco$/.test(name)), false);
});

shopTest("a return is good once", kOverProvider, async (page) => {
  let back = "";
  page.on("request", (request) => { if (request.url().startsWith(returnUrl)) back = request.url(); });
  await getInAs(page, "diana");
  assert.notEqual(await whoIsIn(page), null);
  await page.goto(back);
  await told(page, "ha caducado o empezó en otro navegador");
});

shopTest("`volver` leads to pages of the shop alone", kOverProvider, async (page) => {
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
