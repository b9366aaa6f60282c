/// Shoppers with accounts.
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { mailedLink } from "./mail.js";
import { shopUrl } from "./shop.js";

const kStepMs = 30000;

/// Somebody whom the shop does not know yet.
export function stranger() {
  return { email: `ana-${randomBytes(6).toString("hex")}@example.org`, name: "Ana Núñez", password: `grapa ${randomBytes(6).toString("hex")} caballo` };
}

async function post(path, body) {
  const response = await fetch(shopUrl + path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
  return response;
}

/// Somebody with an account, who is not logged in.
export async function shopper() {
  const who = stranger();
  await post("/Usuarios", { correo: who.email, clave: who.password, nombre: who.name });
  const link = new URL(await mailedLink(who.email, "/verificacion"));
  await post("/Usuarios/verificacion", { ficha: link.searchParams.get("ficha") });
  return who;
}

/// Another browser of theirs: a session without a page.
export async function otherSession({ email, password }) {
  const { ficha } = await (await post("/Usuarios/sesion", { correo: email, clave: password })).json();
  const isOpen = async () => (await fetch(`${shopUrl}/Usuarios/yo`, { headers: { Authorization: `Bearer ${ficha}` } })).status === 200;
  return { isOpen };
}

/// Types address and password where the login page is shown.
export async function typeLogin(page, { email, password }) {
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Acceder" }).click();
}

/// Logs in through the page, and goes to a part of the account.
export async function openAccount(page, who, part = "datos") {
  await page.goto(`/acceso?volver=${encodeURIComponent(`/cuenta#${part}`)}`);
  await typeLogin(page, who);
  await page.waitForURL("**/cuenta#*");
  await partThere(page, part);
}

/// Until a part of the account is shown with what it had to ask for.
export async function partThere(page, part) {
  await page.locator(`#cuenta:not([aria-busy]) #${part}:not([hidden])`).waitFor();
  await page.locator(`#${part} .skeleton`).first().waitFor({ state: "detached" });
  await page.waitForLoadState("networkidle");
}

/// RFC 6238 with SHA-1, six digits and steps of 30 seconds; `later`: of that many steps from now.
export function totp(base32, later = 0) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32.replace(/[\s=]/g, "")].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / kStepMs) + later));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}
