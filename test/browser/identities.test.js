/// The account page's linked identities, with a real OpenID Connect provider.
import assert from "node:assert/strict";
import { sidewaysScrolls, violationsInAll } from "./support/access.js";
import { openAccount, partThere, shopper, stranger } from "./support/account.js";
import { asked, comeBackAs, getInAs, kOverProvider, tell, whoIsIn } from "./support/identity.js";
import { mailedLink, mailsTo } from "./support/mail.js";
import { shopTest, speak } from "./support/shop.js";

const kOld = { seconds: 3600 };
const outcome = (page, text) => page.locator("#externo", { hasText: text });
const panel = (page) => page.locator("#identidades");

async function link(page, login) {
  await panel(page).getByRole("button", { name: "Enlazar con Prueba" }).click();
  await asked(page);
  await comeBackAs(page, login);
  await page.waitForURL("**/cuenta#seguridad");
  await partThere(page, "seguridad");
}

async function unlink(page) {
  await panel(page).getByRole("button", { name: /^Quitar la identidad de Prueba/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Quitar" }).click();
}

shopTest("an identity is linked, opens the account, and is taken away", kOverProvider, async (page, context) => {
  const who = await shopper();
  await openAccount(page, who, "seguridad");
  await panel(page).getByText("Todavía no has enlazado ninguna.").waitFor();
  await link(page, "elena");
  await outcome(page, "desde ahora puedes entrar también").waitFor();
  await panel(page).locator(".row", { hasText: "elena@identidad.example" }).waitFor();
  assert.equal(await panel(page).getByRole("button", { name: "Enlazar con Prueba" }).count(), 0);
  await page.reload();
  await panel(page).locator(".row").waitFor();
  assert.equal(await page.locator("#externo").isVisible(), false, "news are told once");

  await context.clearCookies();
  await getInAs(page, "elena", "/cuenta#seguridad");
  assert.equal((await whoIsIn(page)).correo, who.email);
  await partThere(page, "seguridad");
  await panel(page).getByText(/Última vez/).waitFor();
  await unlink(page);
  await panel(page).getByText("Todavía no has enlazado ninguna.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Entrar con otras cuentas tuyas");
  await page.waitForFunction(() => document.getElementById("anuncio").textContent === "Identidad quitada.");
  assert.ok(mailsTo(who.email).some((text) => text.includes("Prueba")), "a mail tells of it");
});

shopTest("who says no at the provider finds everything as it was", kOverProvider, async (page) => {
  await openAccount(page, await shopper(), "seguridad");
  await panel(page).getByRole("button", { name: "Enlazar con Prueba" }).click();
  await asked(page);
  await page.getByRole("link", { name: /cancel/i }).click();
  await outcome(page, "No has dado permiso").waitFor();
  assert.match(await outcome(page, "No has dado").getAttribute("class"), /is-bad/);
  await panel(page).getByText("Todavía no has enlazado ninguna.").waitFor();
  await speak(page, "English");
  await outcome(page, "You did not give permission").waitFor();
  await page.locator(".account-nav a[href='#sesiones']").click();
  await partThere(page, "sesiones");
  assert.equal(await page.locator("#externo").isVisible(), false, "it belongs to the part that was left");
});

shopTest("an identity opens one account: a second one cannot link it", kOverProvider, async (page, context) => {
  await openAccount(page, await shopper(), "seguridad");
  await link(page, "gema");
  await panel(page).locator(".row").waitFor();
  await context.clearCookies();
  await openAccount(page, await shopper(), "seguridad");
  await link(page, "gema");
  await outcome(page, "no es de esta cuenta").waitFor();
  await panel(page).getByText("Todavía no has enlazado ninguna.").waitFor();
});

shopTest("the last way in stays", kOverProvider, async (page) => {
  await getInAs(page, "hugo", "/cuenta#seguridad");
  await partThere(page, "seguridad");
  await unlink(page);
  await page.getByRole("alert").filter({ hasText: "Es tu única forma de entrar." }).waitFor();
  await panel(page).locator(".row", { hasText: "hugo@identidad.example" }).waitFor();
});

shopTest("who has no password is sent a link to choose one, and may change it then", kOverProvider, async (page) => {
  const email = "karla@identidad.example";
  await getInAs(page, "karla", "/cuenta#seguridad");
  await partThere(page, "seguridad");
  await page.getByText("aquí no tienes contraseña").waitFor();
  const form = page.locator("#clave-formulario");
  assert.equal(await form.getByLabel("Contraseña actual").count(), 0, "there is none to be typed");
  await form.getByRole("button", { name: "Enviarme el enlace" }).click();
  await form.getByText("Mira tu correo: ahí está el enlace.").waitFor();
  const { password } = stranger();
  await page.goto(await mailedLink(email, "/clave-nueva"));
  await page.getByLabel("Contraseña nueva").fill(password);
  await page.getByRole("button", { name: "Guardar la contraseña" }).click();
  await page.getByRole("heading", { name: "Contraseña cambiada" }).waitFor();
  await openAccount(page, { email, password }, "seguridad");
  await form.getByLabel("Contraseña actual").waitFor();
  assert.equal(await page.getByText("aquí no tienes contraseña").isVisible(), false);
});

shopTest("who has no password shows at the provider that it is still them", kOverProvider, async (page) => {
  await tell("age", kOld);
  try {
    await getInAs(page, "ines", "/cuenta#privacidad");
    await partThere(page, "privacidad");
    const keep = page.getByRole("button", { name: "Descargar mis datos" });
    const confirm = page.getByRole("button", { name: "Confirmar con Prueba" });
    await keep.click();
    await page.getByRole("heading", { name: "Confirma que eres tú" }).waitFor();
    await confirm.click();
    await asked(page);
    await comeBackAs(page, "ines");
    await outcome(page, "no podemos comprobarlo").waitFor();

    await tell("age", { seconds: 0 });
    await page.locator(".account-nav a[href='#privacidad']").click();
    await partThere(page, "privacidad");
    await keep.click();
    await confirm.click();
    await asked(page);
    await comeBackAs(page, "ines");
    await page.waitForURL("**/cuenta#privacidad");
    await partThere(page, "privacidad");
    const arrived = page.waitForEvent("download");
    await keep.click();
    assert.equal((await arrived).suggestedFilename(), "mis-datos.zip");
  } finally {
    await tell("age", { seconds: 0 });
  }
});

shopTest("linking asks who it is when the login is not of a moment ago", kOverProvider, async (page) => {
  const who = await shopper();
  await openAccount(page, who, "seguridad");
  const stale = { type: "urn:zoco:problem:autenticacion-reciente", title: "x", status: 403 };
  await page.route("**/Usuarios/yo/externos/prueba", (route) => route.fulfill({
    status: 403, contentType: "application/problem+json", body: JSON.stringify(stale),
  }));
  await panel(page).getByRole("button", { name: "Enlazar con Prueba" }).click();
  await page.getByRole("heading", { name: "Confirma que eres tú" }).waitFor();
  await page.unroute("**/Usuarios/yo/externos/prueba");
  await page.getByLabel("Contraseña", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Confirmar", exact: true }).click();
  await page.waitForURL("**/cuenta#seguridad");
  await partThere(page, "seguridad");
  await link(page, "julia");
  await panel(page).locator(".row", { hasText: "julia@identidad.example" }).waitFor();
});

shopTest("axe finds nothing, and nothing scrolls sideways: linked identities", { ...kOverProvider, reducedMotion: "reduce" }, async (page) => {
  await openAccount(page, await shopper(), "seguridad");
  await link(page, "una-identidad-con-un-nombre-muy-largo-que-no-cabe-en-una-linea");
  await outcome(page, "desde ahora").waitFor();
  assert.deepEqual(await violationsInAll(page), []);
  assert.deepEqual(await sidewaysScrolls(page), []);
});

shopTest("a shop without providers says nothing of other accounts", {}, async (page) => {
  await page.route("**/Usuarios/externos", (route) => route.fulfill({ json: { proveedores: [] } }));
  await openAccount(page, await shopper(), "seguridad");
  assert.equal(await panel(page).isVisible(), false);
});
