import assert from "node:assert/strict";
import { shopTest, shopUrl, speak } from "./support/shop.js";

const kRefused = /40[149]|422|429|503/;
const kLogin = "**/Usuarios/sesion";

/// An answer of the API that the tests choose: what a page makes of it is looked at here, that it comes in accounts.test.js.
function problem(status, slug, { errores, headers = {} } = {}) {
  return {
    status,
    headers: { ...headers, "Content-Type": "application/problem+json" },
    body: JSON.stringify({ type: `urn:zoco:problem:${slug}`, title: slug, status, errores, request_id: "ref-7f3a" }),
  };
}

async function logIn(page, { email = "ana@example.org", password = " con espacios " } = {}) {
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Acceder" }).click();
}

shopTest("what is missing is said before anything is sent", {}, async (page) => {
  const sent = [];
  page.on("request", (request) => { if (request.method() === "POST") sent.push(request.url()); });
  await page.goto("/acceso");
  await page.getByRole("button", { name: "Acceder" }).click();
  const email = page.getByLabel("Correo electrónico");
  assert.equal(await email.getAttribute("aria-invalid"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.name), "correo");
  assert.equal(await page.locator("#acceso-correo-error").textContent(), "Escribe tu correo electrónico.");
  assert.deepEqual(sent, []);
});

shopTest("a login sends what was typed, the password as it is, and reads no other address to return to", {}, async (page) => {
  let body = null;
  await page.route(kLogin, (route) => {
    body = route.request().postDataJSON();
    return route.fulfill({ status: 200, json: { ficha: "x", caduca: "2030-01-01T00:00:00Z", usuario: "u" } });
  });
  await page.route("**/Usuarios/yo", (route) => route.fulfill({ json: { correo: "ana@example.org", nombre: "Ana", roles: [] } }));
  for (const volver of ["https://evil.example/", "//evil.example/", "/\\evil.example", "/..//evil.example", "javascript:alert(1)"]) {
    await page.route("**/cuenta", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>x</title>" }));
    await page.goto(`/acceso?volver=${encodeURIComponent(volver)}`);
    await logIn(page, { email: "  ana@example.org " });
    await page.waitForURL(`${shopUrl}/cuenta`);
    await page.evaluate(() => localStorage.clear());
  }
  assert.deepEqual(body, { correo: "ana@example.org", clave: " con espacios " });
  await page.goto("/acceso?volver=%2Fproductos%3Fq%3Dqueso");
  await logIn(page);
  await page.waitForURL(`${shopUrl}/productos?q=queso`);
  const stored = await page.evaluate(() => {
    const { "zoco.carrito": _, ...local } = localStorage; // how many pieces are in the cart
    return JSON.stringify([local, { ...sessionStorage }, document.cookie]);
  });
  assert.equal(stored, '[{"zoco.con-cuenta":"1"},{},""]', "no token where scripts can read it");
});

shopTest("wrong credentials are told in one sentence that does not say which", { allow: kRefused }, async (page) => {
  await page.route(kLogin, (route) => route.fulfill(problem(401, "credenciales-invalidas")));
  await page.goto("/acceso");
  await logIn(page);
  const alert = page.getByRole("alert").filter({ hasText: "El correo o la contraseña no son correctos." });
  await alert.waitFor();
  assert.equal(await page.getByLabel("Correo electrónico").inputValue(), "ana@example.org");
});

shopTest("too many tries: the page says when to try again", { allow: kRefused }, async (page) => {
  await page.route(kLogin, (route) => route.fulfill(problem(429, "demasiados-intentos", { headers: { "Retry-After": "95" } })));
  await page.goto("/acceso");
  await logIn(page);
  await page.getByRole("alert").filter({ hasText: "Vuelve a intentarlo dentro de 2 minutos." }).waitFor();
  await speak(page, "English");
  await page.getByRole("alert").filter({ hasText: "Try again in 2 minutes." }).waitFor();
  assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), " con espacios ", "what was typed stays");
});

shopTest("a failure of ours gives the reference, and no answer is told too", { allow: /503|ERR_FAILED/ }, async (page) => {
  await page.route(kLogin, (route) => route.fulfill(problem(503, "unavailable")));
  await page.goto("/acceso");
  await logIn(page);
  await page.locator(".form-alert code", { hasText: "ref-7f3a" }).waitFor();
  await page.unroute(kLogin);
  await page.route(kLogin, (route) => route.abort());
  await page.getByRole("button", { name: "Acceder" }).click();
  await page.getByRole("alert").filter({ hasText: "No hemos podido llegar a la tienda" }).waitFor();
});

shopTest("the second factor is asked when the shop asks for it", { allow: kRefused }, async (page) => {
  const bodies = [];
  await page.route(kLogin, (route) => {
    bodies.push(route.request().postDataJSON());
    return route.fulfill(problem(401, "segundo-factor"));
  });
  await page.goto("/acceso");
  await logIn(page);
  await page.getByRole("heading", { name: "Un paso más" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.localName), "h1");
  const code = page.getByLabel("Código", { exact: true });
  assert.equal(await code.getAttribute("autocomplete"), "one-time-code");
  await code.fill("123 456");
  await page.getByRole("button", { name: "Continuar" }).click();
  await page.getByRole("alert").filter({ hasText: "Ese código no vale" }).waitFor();
  assert.deepEqual(bodies[1], { correo: "ana@example.org", clave: " con espacios ", codigo: "123456" });
  await page.getByRole("button", { name: "Volver" }).click();
  await page.getByRole("heading", { name: "Acceder" }).waitFor();
});

shopTest("the API's faults stand beside their fields, the first has the focus", { allow: kRefused }, async (page) => {
  const errores = [{ puntero: "/clave", detalle: "is easy to guess" }, { puntero: "/correo", detalle: "is not an e-mail address" }];
  await page.route("**/Usuarios", (route) => route.fulfill(problem(422, "datos-invalidos", { errores })));
  await page.goto("/registro");
  await page.getByLabel("Nombre y apellidos").fill("Ana");
  await page.getByLabel("Correo electrónico").fill("ana");
  await page.getByLabel("Contraseña", { exact: true }).fill("12345678");
  await page.getByRole("checkbox", { name: /Acepto las condiciones/ }).check();
  await page.getByRole("button", { name: "Crear mi cuenta" }).click();
  for (const [name, text] of [["correo", "Escribe un correo completo"], ["clave", "Es fácil de adivinar"]]) {
    const input = page.locator(`[name=${name}]`);
    await page.locator(`[name=${name}][aria-invalid=true]`).waitFor();
    const told = await input.evaluate((box) => box.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
    assert.ok(told.includes(text), told);
  }
  assert.equal(await page.evaluate(() => document.activeElement.name), "correo");
});

shopTest("a password can be shown, pasted and filled in by a manager", {}, async (page) => {
  await page.goto("/registro");
  const box = page.getByLabel("Contraseña", { exact: true });
  assert.equal(await box.getAttribute("autocomplete"), "new-password");
  await box.fill("larga y mía");
  const show = page.getByRole("button", { name: "Mostrar la contraseña" });
  await show.click();
  assert.equal(await box.getAttribute("type"), "text");
  assert.equal(await show.getAttribute("aria-pressed"), "true");
  const isPasteLeft = await box.evaluate((input) => input.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true })));
  assert.ok(isPasteLeft);
  assert.equal(await page.locator("[name=correo]").getAttribute("autocomplete"), "username");
  await page.goto("/acceso");
  assert.equal(await page.locator("[name=correo]").getAttribute("autocomplete"), "username");
  assert.equal(await page.locator("[name=clave]").getAttribute("autocomplete"), "current-password");
});

shopTest("a mailed link does nothing by being opened, and its token leaves the address bar", {}, async (page) => {
  const sent = [];
  page.on("request", (request) => {
    if (request.url().includes("/Usuarios")) sent.push([request.method(), request.postDataJSON(), request.headers().referer ?? ""]);
  });
  await page.route("**/Usuarios/verificacion", (route) => route.fulfill({ json: { resultado: "cuenta" } }));
  await page.goto("/verificacion?ficha=S3cr3ta");
  await page.getByRole("button", { name: "Confirmar mi correo" }).waitFor();
  assert.equal(page.url(), `${shopUrl}/verificacion`);
  assert.equal(await page.locator("meta[name=referrer]").getAttribute("content"), "same-origin");
  assert.deepEqual(sent, []);
  await page.getByRole("button", { name: "Confirmar mi correo" }).click();
  await page.getByRole("heading", { name: "Correo confirmado" }).waitFor();
  assert.equal(sent.length, 1);
  assert.deepEqual(sent[0].slice(0, 2), ["POST", { ficha: "S3cr3ta" }]);
  assert.doesNotMatch(sent[0][2], /S3cr3ta/);
});

for (const [address, button, again] of [
  ["/verificacion?ficha=gastada", "Confirmar mi correo", "Registrarme otra vez"],
  ["/clave-nueva?ficha=gastada", "Guardar la contraseña", "Pedir otro enlace"],
]) {
  shopTest(`a link that was used already says so: ${address}`, { allow: kRefused }, async (page) => {
    await page.route("**/Usuarios/{verificacion,clave/nueva}", (route) => route.fulfill(problem(422, "ficha-caducada")));
    await page.goto(address);
    const password = page.locator("[name=clave]");
    if (await password.count()) await password.fill("una frase larga y mía");
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("heading", { name: "Este enlace ya no vale" }).waitFor();
    await page.getByRole("link", { name: again }).waitFor();
    assert.match(await page.title(), /^Este enlace ya no vale/);
  });
}

shopTest("visitors without an account cause no question about one", {}, async (page) => {
  const asked = [];
  page.on("request", (request) => { if (request.url().includes("/Usuarios")) asked.push(request.url()); });
  await page.goto("/productos?q=queso");
  const link = page.getByRole("link", { name: "Acceder" });
  await link.waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked, []);
  await link.click();
  await page.waitForURL("**/acceso?volver=%2Fproductos%3Fq%3Dqueso");
});

shopTest("an account that could not be asked for comes when it is asked for again", { allow: kRefused }, async (page) => {
  await page.route("**/Usuarios/yo", (route) => route.fulfill(problem(503, "unavailable")));
  await page.goto("/cuenta");
  await page.locator(".notice-id code", { hasText: "ref-7f3a" }).waitFor();
  await page.unroute("**/Usuarios/yo");
  await page.route("**/Usuarios/yo", (route) => route.fulfill({ json: { correo: "ana@example.org", nombre: "Ana", idioma: "es", roles: [] } }));
  await page.getByRole("button", { name: "Reintentar" }).click();
  await page.locator("#datos").getByLabel("Nombre y apellidos").waitFor();
  assert.equal(await page.locator("zoco-notice").isVisible(), false);
});

shopTest("nobody is logged in: the account leads to the login, and back", { allow: kRefused }, async (page) => {
  await page.route("**/Usuarios/yo", (route) => route.fulfill(problem(401, "unauthorized")));
  await page.goto("/cuenta#sesiones");
  await page.waitForURL("**/acceso?volver=%2Fcuenta%23sesiones");
});
