/// Somebody who meets the shop for the first time, in a browser that reaches it at an address that is not this machine's:
/// registers, opens the mailed link, logs in, reloads, and is still logged in. ZOCO_MAIL_COPY is the command that brings the
/// mails to the folder ZOCO_MAIL.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { shopTest, shopUrl } from "../browser/support/shop.js";

const kPassword = "un caballo azul come 14 grapas";

/// The first link in a mail to the address, once it is there.
async function mailedLink(to) {
  for (let tries = 0; tries < 100; tries += 1) {
    execFileSync("/bin/sh", ["-c", `rm -rf "$ZOCO_MAIL" && mkdir -p "$ZOCO_MAIL" && ${process.env.ZOCO_MAIL_COPY} 2>/dev/null || :`]);
    const folder = process.env.ZOCO_MAIL;
    const mails = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".eml")) : [];
    for (const name of mails) {
      const text = readFileSync(join(folder, name), "utf8");
      if (!text.includes(to)) continue;
      const plain = text.replace(/=\r\n/g, "").replace(/=3D/g, "=").replace(/=26/g, "&");
      const link = plain.match(/https?:\/\/\S*ficha=[A-Za-z0-9_-]+/);
      if (link) return link[0];
    }
    await pause(200);
  }
  return assert.fail(`no mail to ${to}`);
}

const kExpected = /401/; // Chromium reports every answer of that kind

shopTest("a newcomer registers, verifies, logs in and stays logged in", { allow: kExpected }, async (page, context) => {
  const email = `ana${Date.now()}@example.org`;
  await page.goto("/registro");
  await page.getByLabel("Nombre y apellidos").fill("Ana");
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(kPassword);
  await page.getByRole("checkbox", { name: /Acepto las condiciones/ }).check();
  await page.getByRole("button", { name: "Crear mi cuenta" }).click();
  await page.getByText("Mira tu correo").waitFor();

  const link = await mailedLink(email);
  assert.ok(link.startsWith(`${shopUrl}/`), `${link} leads to the shop's own address`);
  await page.goto(link);
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Correo confirmado" }).waitFor();

  await page.goto("/acceso?volver=%2Fcuenta");
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(kPassword);
  await page.getByRole("button", { name: "Acceder" }).click();
  await page.waitForURL(`${shopUrl}/cuenta`);
  const cookies = await context.cookies();
  assert.ok(cookies.some((cookie) => cookie.name === "zoco" && cookie.httpOnly), "the session's cookie was kept");
  for (let i = 0; i < 2; i += 1) {
    await page.reload();
    const me = await page.evaluate(() => fetch("/Usuarios/yo").then((answer) => answer.json()));
    assert.equal(me.correo, email);
  }
});
