import { t } from "../i18n/i18n.js";
import { countryName } from "../lib/countries.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// Saved addresses, each with its buttons. Property `addresses` (as the API answers them).
/// Emits `zoco-edit` and `zoco-remove` (detail: the address).
class ZocoAddresses extends ZocoElement {
  #addresses = null;

  set addresses(addresses) {
    this.#addresses = addresses;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      const button = event.target.closest("button[data-id]");
      if (!button) return;
      const address = this.#addresses.find(({ id }) => id === button.dataset.id);
      this.emit(button.dataset.event, address);
    });
  }

  draw() {
    if (this.#addresses === null) render(this, html`<span class="skeleton skeleton-row"></span><span class="skeleton skeleton-row"></span>`);
    else if (this.#addresses.length === 0) render(this, html`<p class="empty">${t("address.empty")}</p>`);
    else render(this, html`<ul class="rows" role="list">${this.#addresses.map(row)}</ul>`);
  }
}

function row(address) {
  const { id, nombre, linea1, linea2, cp, ciudad, provincia, pais, telefono } = address;
  const button = (event, key, look) => html`<button type="button" class="button is-quiet${look}" data-id="${id}" data-event="${event}"
    data-focus="${event}-${id}" aria-label="${t(`${key}.of`, { name: nombre, line: linea1 })}">${t(key)}</button>`;
  const place = [cp, ciudad].filter(Boolean).join(" ");
  const region = provincia && provincia !== ciudad ? ` (${provincia})` : "";
  return html`<li class="row">
    <address class="row-text"><b>${nombre}</b><br>${linea1}${linea2 && html`, ${linea2}`}<br>${place}${region}<br>
      ${countryName(pais)}${telefono && html`<br>${telefono}`}</address>
    <div class="row-actions">${button("zoco-edit", "address.edit", "")}${button("zoco-remove", "address.remove", " is-danger")}</div>
  </li>`;
}

customElements.define("zoco-addresses", ZocoAddresses);
