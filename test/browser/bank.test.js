/// Payments on the pages of a payment service that is somewhere else: another host's simulated one, as Redsys.
import { buyButton, fillAddress, openCheckout, orderThere, put } from "./support/buying.js";
import { startHost } from "./support/hosts.js";
import { shopTest } from "./support/shop.js";

const kKey = "sq7HjrUOBfKmC576ILgskD5srU870gJ7"; // the public one of Redsys's sandbox
const kBuying = { "plugins.pedidos.enabled": "true", "plugins.pagos.enabled": "true" };
const bank = await startHost(kBuying);
const shop = (formTargets) => startHost({
  ...kBuying,
  "host.form_targets": formTargets,
  "plugins.pagos.simulador": "false",
  "plugins.pagos.redsys_url": `${bank}/Pagos/simulador`,
  "plugins.pagos.redsys_comercio": "999008881",
}, { "plugins.pagos.redsys_clave_file": kKey });
const named = (url) => url.replace("127.0.0.1", "localhost"); // as the shop calls itself
const [open, closed] = (await Promise.all([shop(bank), shop("")])).map(named);

async function productAt(url) {
  const { productos } = await (await fetch(`${url}/Catalogo/productos?limite=20`)).json();
  return productos.find(({ disponible }) => disponible);
}

async function order(page, url) {
  await put(page, await productAt(url));
  await openCheckout(page);
  await page.getByLabel("Correo electrónico").fill("ana@example.org");
  await fillAddress(page);
  await page.waitForLoadState("networkidle");
  await buyButton(page).click();
}

shopTest("a payment on the bank's page comes back to the paid order", { baseURL: open }, async (page) => {
  await order(page, open);
  await page.waitForURL(`${bank}/**`);
  await page.locator("[name=tarjeta]").fill("4548810000000003");
  await page.locator("[name=caducidad]").fill("12/49");
  await page.locator("[name=cvv]").fill("123");
  await page.locator("form:has([name=tarjeta]) button").click();
  await orderThere(page, "¡Gracias por tu compra!");
});

shopTest("a bank that the shop's settings do not name is not gone to", { baseURL: closed, allow: /form-action/ }, async (page) => {
  await order(page, closed);
  await orderThere(page, "Falta pagarlo");
  await page.getByRole("alert").filter({ hasText: "No hemos podido abrir la página del banco" }).waitFor();
});
