/// What the shop keeps about people, and what a guest can have done with it: from the form over the mail to the end.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openAccount, partThere, shopper, stranger } from "./support/account.js";
import { mailedLink, mailsTo } from "./support/mail.js";
import { shopTest, shopUrl, speak } from "./support/shop.js";

const kGone = /410/;

async function ask(page, email, wish) {
  await page.goto("/datos");
  await page.getByLabel("¿Qué quieres?").selectOption({ label: wish });
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByRole("button", { name: "Enviarme el enlace" }).click();
  await page.getByRole("heading", { name: "Mira tu correo" }).waitFor();
  await page.getByText(`Si tenemos datos con ${email}`).waitFor();
}

/// Each thing that the API declares is on the page, with its purpose, ground and time.
async function assertAllUses(page, language = "es") {
  const answer = await fetch(`${shopUrl}/Usuarios/tratamientos`, { headers: { "Accept-Language": language } });
  const { tratamientos } = await answer.json();
  const uses = tratamientos.flatMap(({ usos }) => usos);
  assert.ok(uses.length > 0);
  await page.locator(`.use-what[lang=${language}]`).nth(uses.length - 1).waitFor();
  const told = await page.locator(".use").allInnerTexts();
  assert.equal(told.length, uses.length);
  uses.forEach(({ idioma, ...use }, i) => {
    assert.equal(idioma, language);
    Object.values(use).forEach((text) => assert.ok(told[i].includes(text), `${told[i]}: ${text}`));
  });
}

shopTest("the privacy page says what the plugins declare, and nothing of it without them", { allow: /503/ }, async (page) => {
  await page.goto("/");
  await page.locator("zoco-footer").getByRole("link", { name: "Privacidad y condiciones" }).click();
  await page.locator(".use").first().waitFor();
  await assertAllUses(page);
  await page.route("**/Usuarios/tratamientos", (route) => route.fulfill({ status: 503, json: { request_id: "r-7" } }));
  await page.reload();
  await page.locator(".notice-id", { hasText: "r-7" }).waitFor();
  assert.equal(await page.locator(".use").count(), 0);
  await page.unroute("**/Usuarios/tratamientos");
  await page.getByRole("button", { name: "Reintentar" }).click();
  await page.locator(".use").first().waitFor();
  await speak(page, "English");
  await assertAllUses(page, "en");
});

shopTest("the account says the same", {}, async (page) => {
  await openAccount(page, await shopper(), "privacidad");
  await page.getByText("Ver la lista").click();
  await assertAllUses(page);
  await speak(page, "English");
  await assertAllUses(page, "en");
});

shopTest("a guest gets their data by the mailed link, once", { allow: kGone }, async (page) => {
  const { email } = stranger();
  await ask(page, email, "Una copia de mis datos");
  const link = await mailedLink(email, "/datos");
  assert.ok(link.startsWith(shopUrl), link);
  await page.goto(link);
  await page.getByRole("heading", { name: "Tus datos", exact: true }).waitFor();
  assert.doesNotMatch(page.url(), /ficha/);
  const arrived = page.waitForEvent("download");
  await page.getByRole("button", { name: "Descargar mis datos" }).click();
  const file = await arrived;
  assert.equal(file.suggestedFilename(), "mis-datos.zip");
  const zip = readFileSync(await file.path()).toString("latin1");
  assert.ok(zip.startsWith("PK"));
  assert.ok(zip.includes("indice.json"), "what is in it is listed");
  await page.getByRole("heading", { name: "Datos descargados" }).waitFor();

  await page.goto(link);
  await page.getByRole("button", { name: "Descargar mis datos" }).click();
  await page.getByRole("heading", { name: "Este enlace ya no vale" }).waitFor();
  await page.getByRole("link", { name: "Pedir otro enlace" }).click();
  await page.getByRole("heading", { name: "Tus datos, sin cuenta" }).waitFor();
});

shopTest("a guest has their data erased by the mailed link, and a mail confirms it", { allow: kGone }, async (page) => {
  const { email } = stranger();
  await ask(page, email, "Que borréis mis datos");
  const link = await mailedLink(email, "/datos");
  await page.goto(link);
  await page.getByRole("heading", { name: "¿Borrar tus datos para siempre?" }).waitFor();
  await page.getByRole("button", { name: "No, dejarlos como están" }).click();
  await page.waitForURL(`${shopUrl}/`);
  const before = mailsTo(email).length;
  await page.goto(link);
  await page.getByRole("button", { name: "Borrar mis datos" }).click();
  await page.getByRole("heading", { name: "Estamos borrando tus datos" }).waitFor();
  for (let tries = 0; mailsTo(email).length === before && tries < 150; tries += 1) await page.waitForTimeout(100);
  assert.equal(mailsTo(email).length, before + 1, "a mail confirms it");
  await page.goto(link);
  await page.getByRole("button", { name: "Borrar mis datos" }).click();
  await page.getByRole("heading", { name: "Este enlace ya no vale" }).waitFor();
});

shopTest("who has an account is told so by mail alone, and sent there", { allow: /401/ }, async (page) => {
  const { email } = await shopper();
  await ask(page, email, "Una copia de mis datos");
  const told = () => mailsTo(email).some((text) => /\/cuenta\b/.test(text) && !text.includes("/datos?"));
  for (let tries = 0; !told() && tries < 150; tries += 1) await page.waitForTimeout(100);
  assert.ok(told());
  await page.goto("/datos");
  await page.getByRole("link", { name: "Hazlo desde tu cuenta" }).click();
  await page.waitForURL("**/acceso?volver=%2Fcuenta%23privacidad");
});

shopTest("a wrong address is told beside its field, and English is kept", { allow: /422/ }, async (page) => {
  await page.goto("/datos?accion=borrar");
  assert.equal(await page.getByLabel("¿Qué quieres?").inputValue(), "borrar");
  await page.getByRole("button", { name: "Enviarme el enlace" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "correo");
  await page.getByLabel("Correo electrónico").fill("ana@");
  await page.getByRole("button", { name: "Enviarme el enlace" }).click();
  await page.locator("#peticion-correo-error", { hasText: "Escribe un correo completo" }).waitFor();
  await speak(page, "English");
  assert.equal(await page.getByLabel("What do you want?").inputValue(), "borrar", "what was chosen stays");
  assert.equal(await page.getByLabel("E-mail address").inputValue(), "ana@");
});

shopTest("registration records which texts were agreed to, and the account shows them", {}, async (page) => {
  const who = stranger();
  await page.goto("/registro");
  await page.getByLabel("Nombre y apellidos").fill(who.name);
  await page.getByLabel("Correo electrónico").fill(who.email);
  await page.getByLabel("Contraseña", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Crear mi cuenta" }).click();
  await page.locator("#registro-acepta-error", { hasText: "tienes que aceptarlas" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "acepta");
  assert.equal(await page.getByRole("checkbox", { name: /novedades/ }).isChecked(), false);
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: /Leer las condiciones/ }).click();
  const texts = await opened;
  await texts.getByRole("heading", { name: "Condiciones de la cuenta" }).waitFor();
  const version = /\d{4}-\d{2}/.exec(await texts.locator(".policy-version").textContent())[0];
  await texts.close();

  await page.getByRole("checkbox", { name: /Acepto las condiciones/ }).check();
  await page.getByRole("checkbox", { name: /novedades/ }).check();
  await page.getByRole("button", { name: "Crear mi cuenta" }).click();
  await page.getByRole("heading", { name: "Mira tu correo" }).waitFor();
  await page.goto(await mailedLink(who.email, "/verificacion"));
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Correo confirmado" }).waitFor();
  await openAccount(page, who, "privacidad");
  await partThere(page, "privacidad");
  await page.getByText(`Aceptaste las condiciones de la cuenta (versión ${version})`).waitFor();
  await page.getByText(`Leíste qué guardamos de ti (versión ${version})`).waitFor();
  assert.equal(await page.getByRole("checkbox", { name: "Quiero recibir novedades" }).isChecked(), true);
});
