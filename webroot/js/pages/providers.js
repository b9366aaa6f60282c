import { onLanguage, t } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";
import { html, render } from "../lib/html.js";

const kOutcomes = ["denegado", "caducado", "no-disponible", "cuenta-existente", "sin-correo", "ajena", "inactiva"];

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

/// Says what a way to a provider came to, when the address tells (?externo=).
export function showOutcome(place, outcome) {
  if (!kOutcomes.includes(outcome)) return;
  place.dataset.t = `enter.outcome.${outcome}`;
  place.textContent = t(place.dataset.t);
  place.hidden = false;
}
