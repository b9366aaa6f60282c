import { onLanguage, t } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";
import { html, render } from "../lib/html.js";

/// Where to go to log in with a provider's identity: back over the login page, which then knows that somebody is in.
function providerUrl({ id }, back) {
  const volver = `/acceso?${new URLSearchParams({ externo: "dentro", volver: back })}`;
  return `/Usuarios/externo/${encodeURIComponent(id)}?${new URLSearchParams({ volver })}`;
}

/// The links to identity providers in `place`, which stays hidden while there is none. `back`: the path to end at.
export async function showProviders(place, back) {
  const { proveedores } = await accounts.providers();
  if (proveedores.length === 0) return;
  const draw = () => render(place, html`${proveedores.map((provider) =>
    html`<a class="button is-quiet" href="${providerUrl(provider, back)}">${t("enter.with", { name: provider.nombre })}</a>`)}`);
  draw();
  onLanguage(draw);
  place.hidden = false;
}

/// The same for somebody who is logged in and is to show that it is still them: a button for each provider that one of
/// their identities is at. `fail(error)`: the way there could not be begun.
export async function showConfirmers(place, back, fail) {
  const [{ externos }, { proveedores }] = await Promise.all([accounts.identities(), accounts.providers()]);
  const own = proveedores.filter(({ id }) => externos.some(({ proveedor }) => proveedor === id));
  if (own.length === 0) return;
  const draw = () => render(place, html`${own.map(({ id, nombre }) =>
    html`<button type="button" class="button is-quiet" data-provider="${id}">${t("enter.again.with", { name: nombre })}</button>`)}`);
  draw();
  onLanguage(draw);
  place.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-provider]");
    if (!button) return;
    try {
      location.assign((await accounts.confirmByIdentity(button.dataset.provider, back)).url);
    } catch (error) {
      fail(error);
    }
  });
  place.hidden = false;
}
