/// A browser's ways over the identity provider of the tests, and back to the shop.
import assert from "node:assert/strict";
import { before } from "node:test";
import { shopUrl } from "./shop.js";

const provider = process.env.ZOCO_IDENTITY_URL ?? "";

/// The shop as it names itself to the provider, to which browsers come back.
export const origin = shopUrl.replace("127.0.0.1", "localhost");
export const returnUrl = `${origin}/Usuarios/externo/prueba/retorno`;

/// For tests that go over the provider, whose pages want a font from elsewhere.
export const kOverProvider = { baseURL: origin, allow: /40[139]|fonts\.googleapis|favicon/ };

const kCommit = { waitUntil: "commit" }; // nobody waits for that font

/// A request of the tests to the provider: support/identity-provider.js says which there are.
export async function tell(what, body = {}) {
  const response = await fetch(`${provider}/-/${what}`, { method: "POST", body: JSON.stringify(body) });
  assert.equal(response.status, 204, what);
}

before(async () => {
  assert.notEqual(provider, "", "ZOCO_IDENTITY_URL must say where the identity provider is");
  await tell("client", { redirectUri: returnUrl });
});

const isAsking = (url) => url.pathname.startsWith("/interaction/");
const isLeaving = (url) => url.pathname === "/acceso" && url.searchParams.has("volver") && !url.searchParams.has("externo");
const isBack = (url) => url.href.startsWith(origin) && !isLeaving(url) && !url.pathname.startsWith("/Usuarios/");

/// Until the provider asks for something.
export function asked(page) {
  return page.waitForURL(isAsking, kCommit);
}

/// Over the provider's forms, as far as it shows any, until a page of the shop is there again.
export async function comeBackAs(page, login) {
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

export async function logInAs(page, login, volver = "/productos") {
  await page.goto(`/acceso?volver=${encodeURIComponent(volver)}`);
  await page.getByRole("link", { name: /Prueba/ }).click();
  await comeBackAs(page, login);
}

/// The same for somebody who is let in, until the page is there where they wanted to go.
export async function getInAs(page, login, volver = "/productos") {
  await logInAs(page, login, volver);
  await page.waitForURL((url) => url.pathname + url.hash === volver);
}

/// Who the shop says is logged in, or null.
export async function whoIsIn(page) {
  return page.evaluate(async () => {
    const response = await fetch("/Usuarios/yo");
    return response.ok ? response.json() : null;
  });
}
