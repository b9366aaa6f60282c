import assert from "node:assert/strict";
import { sidewaysScrolls, violationsInAll } from "./support/access.js";
import { openAccount, otherSession, partThere, shopper, stranger, totp, typeLogin } from "./support/account.js";
import { mailedLink, mailsTo } from "./support/mail.js";
import { shopTest, shopUrl, speak } from "./support/shop.js";
import { bytesOf, kMostBytes, modulesOf } from "./support/weight.js";

const kRefused = /40[13]|422/;
const kParts = ["datos", "pedidos", "direcciones", "seguridad", "sesiones", "privacidad"];
const toldBy = (field) => field.evaluate((box) => box.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)?.textContent).join(" "));

async function leave(page) {
  await page.locator("button.account-link").click();
  await page.getByRole("button", { name: "Cerrar sesión" }).click();
  await page.getByRole("link", { name: "Acceder" }).first().waitFor();
}

async function fillAddress(page, { name, line, postCode, town, province }) {
  const form = page.locator("#direccion");
  await form.getByLabel("Nombre y apellidos").fill(name);
  await form.getByLabel("Calle y número").fill(line);
  await form.getByLabel("Código postal").fill(postCode);
  await form.getByLabel("Localidad").fill(town);
  await form.getByLabel("Provincia").selectOption(province);
}

shopTest("register, verify by the mailed link, log in, stay logged in, and leave", { allow: kRefused }, async (page) => {
  const who = stranger();
  await page.goto("/registro");
  await page.getByLabel("Nombre y apellidos").fill(who.name);
  await page.getByLabel("Correo electrónico").fill(who.email);
  await page.getByLabel("Contraseña", { exact: true }).fill("mercado1");
  await page.getByRole("checkbox", { name: /Acepto las condiciones/ }).check();
  await page.getByRole("button", { name: "Crear mi cuenta" }).click();
  await page.locator("[name=clave][aria-invalid=true]").waitFor();
  assert.match(await toldBy(page.locator("[name=clave]")), /fácil de adivinar/);

  await page.getByLabel("Contraseña", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Crear mi cuenta" }).click();
  await page.getByRole("heading", { name: "Mira tu correo" }).waitFor();
  await page.getByText(who.email).waitFor();

  const link = await mailedLink(who.email, "/verificacion");
  assert.ok(link.startsWith(shopUrl), link);
  await page.goto(link);
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Correo confirmado" }).waitFor();

  await page.getByRole("main").getByRole("link", { name: "Acceder" }).click();
  await typeLogin(page, who);
  await page.waitForURL("**/cuenta");
  await partThere(page, "datos");
  await page.reload();
  await partThere(page, "datos");
  assert.equal(await page.locator("#datos").getByLabel("Nombre y apellidos").inputValue(), who.name);

  await page.goto("/productos");
  await page.locator("button.account-link", { hasText: who.name }).waitFor();
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => /^(__Host-)?zoco$/.test(name));
  assert.deepEqual([session.httpOnly, session.sameSite, session.path], [true, "Lax", "/"]);
  assert.equal(await page.evaluate(() => document.cookie.includes("zoco=")), false);
  await leave(page);
  await page.goto("/cuenta");
  await page.waitForURL("**/acceso?volver=%2Fcuenta");
});

shopTest("a link that was opened once does not work again", { allow: /410/ }, async (page) => {
  const who = await shopper();
  await page.goto(await mailedLink(who.email, "/verificacion"));
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Este enlace ya no vale" }).waitFor();
});

shopTest("the profile is changed, and its faults are told beside their fields", { allow: kRefused }, async (page) => {
  await openAccount(page, await shopper());
  const data = page.locator("#datos-formulario");
  await data.getByLabel("NIF, NIE o CIF").fill("12345678A");
  await data.getByLabel("Teléfono").fill("12");
  await data.getByRole("button", { name: "Guardar" }).click();
  await data.locator("[name=nif][aria-invalid=true]").waitFor();
  assert.match(await toldBy(data.locator("[name=nif]")), /no cuadran/);
  assert.match(await toldBy(data.locator("[name=telefono]")), /no existe/);
  assert.equal(await page.evaluate(() => document.activeElement.name), "telefono", "the first one");

  await data.getByLabel("NIF, NIE o CIF").fill("12345678Z");
  await data.getByLabel("Teléfono").fill("600 12 34 56");
  await data.getByLabel("Nombre y apellidos").fill("Ana María Núñez");
  await data.getByRole("button", { name: "Guardar" }).click();
  await data.getByText("Guardado.").waitFor();
  assert.equal(await page.locator(".account-label").textContent(), "Ana María Núñez");
  await page.reload();
  await partThere(page, "datos");
  assert.equal(await data.getByLabel("NIF, NIE o CIF").inputValue(), "12345678Z");
  assert.equal(await data.getByLabel("Teléfono").inputValue(), "+34600123456");
});

shopTest("addresses are added, changed and removed", { allow: kRefused }, async (page) => {
  await openAccount(page, await shopper(), "direcciones");
  await page.getByText("Todavía no has guardado ninguna dirección.").waitFor();
  await page.getByRole("button", { name: "Añadir una dirección" }).click();
  const save = page.locator("#direccion").getByRole("button", { name: "Guardar" });
  await save.click();
  assert.equal(await page.locator("#direccion [aria-invalid=true]").count(), 5);
  await fillAddress(page, { name: "Ana Núñez", line: "Calle Mayor, 1", postCode: "08001", town: "Getafe", province: "Madrid" });
  await save.click();
  await page.locator("#direccion [name=cp][aria-invalid=true]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "cp");
  await page.locator("#direccion").getByLabel("Código postal").fill("28901");
  await save.click();
  await page.locator("#direcciones .row", { hasText: "28901 Getafe (Madrid)" }).waitFor();

  await page.getByRole("button", { name: /^Cambiar la dirección/ }).click();
  await page.locator("#direccion").getByLabel("Piso").fill("2.º B");
  await save.click();
  await page.locator("#direcciones .row", { hasText: "Calle Mayor, 1, 2.º B" }).waitFor();
  await page.reload();
  await page.locator("#direcciones .row", { hasText: "Calle Mayor, 1, 2.º B" }).waitFor();

  await page.getByRole("button", { name: /^Quitar la dirección/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancelar" }).click();
  assert.equal(await page.locator("#direcciones .row").count(), 1);
  await page.getByRole("button", { name: /^Quitar la dirección/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Quitar" }).click();
  await page.getByText("Todavía no has guardado ninguna dirección.").waitFor();
});

shopTest("a post code chooses its province, and abroad any region will do", {}, async (page) => {
  await openAccount(page, await shopper(), "direcciones");
  await page.getByRole("button", { name: "Añadir una dirección" }).click();
  const form = page.locator("#direccion");
  await form.getByLabel("Código postal").fill("41001");
  await form.getByLabel("Localidad").fill("Sevilla");
  assert.equal(await form.getByLabel("Provincia").inputValue(), "Sevilla");
  await form.getByLabel("País").selectOption("PT");
  assert.equal(await form.getByLabel("Provincia o región").evaluate((box) => box.localName), "input");
  assert.equal(await form.getByLabel("Localidad").inputValue(), "Sevilla", "what was typed stays");
  await form.getByLabel("Nombre y apellidos").fill("Ana");
  await form.getByLabel("Calle y número").fill("Rua Augusta, 1");
  await form.getByLabel("Código postal").fill("1100-048");
  await form.getByLabel("Localidad").fill("Lisboa");
  await form.getByRole("button", { name: "Guardar" }).click();
  await page.locator("#direcciones .row", { hasText: "1100-048 Lisboa" }).waitFor();
});

shopTest("another session is seen and ended", { allow: kRefused }, async (page) => {
  const who = await shopper();
  const others = [await otherSession(who), await otherSession(who), await otherSession(who)];
  await openAccount(page, who, "sesiones");
  const rows = page.locator("#sesiones .row");
  assert.equal(await rows.count(), 4);
  assert.equal(await rows.filter({ hasText: "Esta sesión" }).count(), 1);
  await rows.filter({ hasNotText: "Esta sesión" }).first().getByRole("button").click();
  await page.waitForFunction(() => document.querySelectorAll("#sesiones .row").length === 3);
  const open = await Promise.all(others.map((session) => session.isOpen()));
  assert.equal(open.filter(Boolean).length, 2);
  await page.getByRole("button", { name: "Cerrar todas las demás" }).click();
  await page.getByText("No hay ninguna otra sesión abierta.").waitFor();
  assert.deepEqual(await Promise.all(others.map((session) => session.isOpen())), [false, false, false]);
  await page.reload();
  await partThere(page, "sesiones");
});

shopTest("a session that was ended elsewhere leads to the login, and back to where one was", { allow: kRefused }, async (page, context) => {
  const who = await shopper();
  await openAccount(page, who);
  const other = await context.browser().newContext({ baseURL: shopUrl, locale: "es-ES" });
  const elsewhere = await other.newPage();
  await openAccount(elsewhere, who, "sesiones");
  await elsewhere.getByRole("button", { name: "Cerrar todas las demás" }).click();
  await elsewhere.getByText("No hay ninguna otra sesión abierta.").waitFor();
  await other.close();
  await page.locator(".account-nav a[href='#direcciones']").click();
  await page.waitForURL("**/acceso?volver=%2Fcuenta%23direcciones");
  await typeLogin(page, who);
  await page.waitForURL("**/cuenta#direcciones");
  await partThere(page, "direcciones");
});

shopTest("a forgotten password is replaced by the mailed link", { allow: kRefused }, async (page) => {
  const who = await shopper();
  const other = await otherSession(who);
  await page.goto("/acceso");
  await page.getByRole("link", { name: "He olvidado mi contraseña" }).click();
  await page.getByLabel("Correo electrónico").fill(who.email);
  await page.getByRole("button", { name: "Enviar el enlace" }).click();
  await page.getByRole("heading", { name: "Mira tu correo" }).waitFor();
  await page.goto(await mailedLink(who.email, "/clave-nueva"));
  const fresh = { ...who, password: `otra ${who.password} distinta` };
  await page.getByLabel("Contraseña nueva").fill("corta");
  await page.getByRole("button", { name: "Guardar la contraseña" }).click();
  await page.locator("[name=clave][aria-invalid=true]").waitFor();
  await page.getByLabel("Contraseña nueva").fill(fresh.password);
  await page.getByRole("button", { name: "Guardar la contraseña" }).click();
  await page.getByRole("heading", { name: "Contraseña cambiada" }).waitFor();
  assert.equal(await other.isOpen(), false);
  await page.getByRole("main").getByRole("link", { name: "Acceder" }).click();
  await typeLogin(page, who);
  await page.getByRole("alert").filter({ hasText: "no son correctos" }).waitFor();
  await typeLogin(page, fresh);
  await page.waitForURL("**/cuenta");
});

shopTest("the password is changed by who knows it", { allow: kRefused }, async (page) => {
  const who = await shopper();
  const other = await otherSession(who);
  await openAccount(page, who, "seguridad");
  const form = page.locator("#clave-formulario");
  assert.equal(await form.locator("[autocomplete=username]").inputValue(), who.email, "for password managers");
  await form.getByLabel("Contraseña actual").fill("no es esta");
  await form.getByLabel("Contraseña nueva").fill(`otra ${who.password}`);
  await form.getByRole("button", { name: "Cambiar la contraseña" }).click();
  await form.locator("[name=claveActual][aria-invalid=true]").waitFor();
  await form.getByLabel("Contraseña actual").fill(who.password);
  await form.getByRole("button", { name: "Cambiar la contraseña" }).click();
  await form.getByText("Contraseña cambiada.").waitFor();
  assert.equal(await other.isOpen(), false);
  await page.reload();
  await partThere(page, "seguridad");
});

shopTest("a second factor: turned on, asked for, replaced by a recovery code, turned off", { allow: kRefused }, async (page) => {
  const who = await shopper();
  await openAccount(page, who, "seguridad");
  await page.getByRole("button", { name: "Activar el segundo factor" }).click();
  const picture = page.getByRole("img", { name: "Código QR" });
  await picture.waitFor();
  assert.ok(await picture.evaluate((image) => image.complete && image.naturalWidth > 0), "the picture is drawn");
  const secret = await page.locator(".secret").textContent();
  await page.getByLabel("Código que muestra la aplicación").fill("000000");
  await page.getByRole("button", { name: "Comprobar y activar" }).click();
  await page.locator("#segundo-codigo [aria-invalid=true]").waitFor();
  await page.getByLabel("Código que muestra la aplicación").fill(totp(secret));
  await page.getByRole("button", { name: "Comprobar y activar" }).click();
  const codes = page.locator(".codes code");
  await codes.first().waitFor();
  assert.equal(await codes.count(), 10);
  const recovery = await codes.first().textContent();
  await page.getByRole("button", { name: "Ya los he guardado" }).click();
  await page.getByText("El segundo factor está activo.").waitFor();
  assert.equal(await codes.count(), 0, "they are not shown again");

  for (const code of [totp(secret, 1), recovery]) {
    await leave(page);
    await page.goto("/acceso?volver=%2Fcuenta%23seguridad");
    await typeLogin(page, who);
    await page.getByRole("heading", { name: "Un paso más" }).waitFor();
    await page.getByLabel("Código", { exact: true }).fill(code);
    await page.getByRole("button", { name: "Continuar" }).click();
    await page.waitForURL("**/cuenta#seguridad");
    await partThere(page, "seguridad");
  }
  await page.getByText("Te quedan 9 códigos de recuperación.").waitFor();
  await page.getByRole("button", { name: "Desactivar" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Desactivar" }).click();
  await page.getByRole("button", { name: "Activar el segundo factor" }).waitFor();
});

shopTest("the address is changed when both mailboxes agree", { allow: kRefused }, async (page) => {
  const who = await shopper();
  const { email } = stranger();
  await openAccount(page, who);
  const form = page.locator("#correo-formulario");
  await form.getByLabel("Correo nuevo").fill(email);
  await form.getByRole("button", { name: "Cambiar el correo" }).click();
  await form.getByText("Mira los dos correos").waitFor();
  await page.goto(await mailedLink(email, "/verificacion"));
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Falta el otro enlace" }).waitFor();
  const spent = await mailedLink(who.email, "/verificacion");
  const links = mailsTo(who.email).map((text) => /https?:\S+\/verificacion\?ficha=[\w-]+/.exec(text)?.[0]).filter((link) => link && link !== spent);
  await page.goto(links[0]);
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Correo cambiado" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Acceder" }).click();
  await typeLogin(page, { ...who, email });
  await page.waitForURL("**/cuenta");
  await page.getByText(`Ahora es ${email}.`).waitFor();
});

shopTest("a delicate change asks who it is, and comes back", { allow: kRefused }, async (page) => {
  const who = await shopper();
  await openAccount(page, who, "privacidad");
  const stale = { type: "urn:zoco:problem:autenticacion-reciente", title: "x", status: 403 };
  await page.route("**/Usuarios/yo", (route) => (route.request().method() === "DELETE"
    ? route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(stale) }) : route.continue()));
  const erase = async () => {
    await page.getByRole("button", { name: "Quiero borrar mi cuenta" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Borrar mi cuenta" }).click();
  };
  await erase();
  await page.getByRole("heading", { name: "Confirma que eres tú" }).waitFor();
  await page.unroute("**/Usuarios/yo");
  const email = page.getByLabel("Correo electrónico");
  assert.equal(await email.inputValue(), who.email);
  assert.equal(await email.getAttribute("readonly"), "");
  await page.getByLabel("Contraseña", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Confirmar" }).click();
  await page.waitForURL("**/cuenta#privacidad");
  await partThere(page, "privacidad");
  await erase();
  await page.getByRole("heading", { name: "Cuenta borrada" }).waitFor();
  await page.goto("/acceso");
  await typeLogin(page, who);
  await page.getByRole("alert").filter({ hasText: "no son correctos" }).waitFor();
});

shopTest("consent is given and taken back", {}, async (page) => {
  await openAccount(page, await shopper(), "privacidad");
  const news = page.getByRole("checkbox", { name: "Quiero recibir novedades" });
  assert.equal(await news.isChecked(), false);
  await news.check();
  await page.getByText(/^Dijiste que sí el/).waitFor();
  await page.reload();
  await partThere(page, "privacidad");
  assert.equal(await news.isChecked(), true);
  await news.uncheck();
  await page.getByText(/^Dijiste que no el/).waitFor();
});

for (const part of kParts) {
  shopTest(`axe finds nothing, and nothing scrolls sideways: account, ${part}`, { reducedMotion: "reduce" }, async (page) => {
    await openAccount(page, await shopper(), part);
    assert.deepEqual(await violationsInAll(page), []);
    assert.deepEqual(await sidewaysScrolls(page), []);
    await page.locator("button.account-link").click();
    assert.deepEqual(await violationsInAll(page), [], "with the open menu");
  });
}

shopTest("the account's parts have addresses, titles and the focus", {}, async (page) => {
  await openAccount(page, await shopper());
  assert.equal(await page.title(), "Tus datos · Mi cuenta · Mercado Zoco");
  await page.locator(".account-nav a[href='#sesiones']").press("Enter");
  await partThere(page, "sesiones");
  assert.equal(await page.evaluate(() => document.activeElement.id), "sesiones-titulo");
  assert.equal(await page.title(), "Sesiones · Mi cuenta · Mercado Zoco");
  await page.goBack();
  await partThere(page, "datos");
  assert.equal(await page.locator(".account-nav [aria-current=page]").count(), 1);
  await speak(page, "English");
  assert.equal(await page.title(), "Your data · My account · Mercado Zoco");
  await page.locator("#datos").getByLabel("Full name").waitFor();
});

shopTest("the menu opens and closes by keyboard", {}, async (page) => {
  await openAccount(page, await shopper());
  await page.goto("/");
  const button = page.locator("button.account-link");
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "/cuenta");
  await page.keyboard.press("Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.equal(await page.evaluate(() => document.activeElement.className), "account-link");
  await page.keyboard.press("Enter");
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("Tab");
  assert.equal(await button.getAttribute("aria-expanded"), "false", "it closes behind the focus");
});

shopTest("the account's page names its modules, and is light", {}, async (page) => {
  await openAccount(page, await shopper());
  const visit = async () => {
    await page.goto("about:blank");
    await page.goto("/cuenta", { waitUntil: "networkidle" });
    await partThere(page, "datos");
  };
  const { named, used } = await modulesOf(page, visit);
  assert.deepEqual(named, used);
  const fresh = await page.context().browser().newContext({ baseURL: shopUrl, storageState: await page.context().storageState() });
  const other = await fresh.newPage();
  const bytes = await bytesOf(other, async () => {
    await other.goto("/cuenta", { waitUntil: "networkidle" });
    await partThere(other, "datos");
  });
  await fresh.close();
  assert.ok(bytes > 0 && bytes < kMostBytes, `${bytes} bytes`);
});

shopTest("the visitor's data are kept as a file with the name that the shop gives it", {}, async (page) => {
  await openAccount(page, await shopper(), "privacidad");
  await page.route("**/Usuarios/yo/datos", (route) => route.fulfill({
    headers: { "Content-Type": "application/zip", "Content-Disposition": 'attachment; filename="datos-de-ana.zip"' }, body: "PK",
  }));
  const arrived = page.waitForEvent("download");
  await page.getByRole("button", { name: "Descargar mis datos" }).click();
  assert.equal((await arrived).suggestedFilename(), "datos-de-ana.zip");
});
