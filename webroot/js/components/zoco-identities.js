import "../i18n/identities.js";
import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoment } from "../lib/time.js";

/// The identities at other providers that open the account, and the providers that could. Property `identities`:
/// {externos, proveedores} as the API answers them. Emits `zoco-link` (detail: the provider) and `zoco-unlink` (detail: the
/// identity).
class ZocoIdentities extends ZocoElement {
  #externos = [];
  #proveedores = [];

  set identities({ externos, proveedores }) {
    this.#externos = externos;
    this.#proveedores = proveedores.filter(({ id }) => !externos.some(({ proveedor }) => proveedor === id));
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      const { link, unlink } = event.target.closest("button")?.dataset ?? {};
      if (link) this.emit("zoco-link", this.#proveedores.find(({ id }) => id === link));
      if (unlink) this.emit("zoco-unlink", this.#externos.find(({ id }) => id === unlink));
    });
  }

  draw() {
    const empty = html`<p class="empty">${t("identities.empty")}</p>`;
    render(this, html`<h3 tabindex="-1">${t("identities.title")}</h3>
      <p>${t("identities.lead")}</p>
      ${this.#externos.length > 0 ? html`<ul class="rows" role="list">${this.#externos.map(row)}</ul>` : empty}
      ${this.#proveedores.length > 0 && html`<div class="form-actions">${this.#proveedores.map(({ id, nombre }) =>
        html`<button type="button" class="button is-quiet" data-link="${id}" data-focus="${id}">${t("identities.link", { name: nombre })}</button>`)}</div>`}`);
  }
}

function row({ id, nombre, correo, creado, usado }) {
  const used = usado === creado ? null : html`<br>${t("identities.used", { time: formatMoment(usado) })}`;
  return html`<li class="row">
    <div class="row-text"><b>${nombre}</b>${correo && html` <span>${correo}</span>`}
      <p class="row-note">${t("identities.since", { time: formatMoment(creado) })}${used}</p></div>
    <div class="row-actions"><button type="button" class="button is-quiet" data-unlink="${id}" data-focus="${id}"
      aria-label="${t("identities.remove.of", { name: nombre, email: correo })}">${t("identities.remove")}</button></div>
  </li>`;
}

customElements.define("zoco-identities", ZocoIdentities);
