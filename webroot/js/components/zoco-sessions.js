import { t } from "../i18n/i18n.js";
import { describeDevice } from "../lib/device.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoment } from "../lib/time.js";

/// Where the account is open. Property `sessions` (as the API answers them). Emits `zoco-end` (detail: the session) and
/// `zoco-end-others`.
class ZocoSessions extends ZocoElement {
  #sessions = null;

  set sessions(sessions) {
    this.#sessions = sessions;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.id) this.emit("zoco-end", this.#sessions.find(({ id }) => id === button.dataset.id));
      else if (button) this.emit("zoco-end-others");
    });
  }

  draw() {
    const sessions = this.#sessions;
    if (sessions === null) {
      render(this, html`<span class="skeleton skeleton-row"></span><span class="skeleton skeleton-row"></span>`);
      return;
    }
    render(this, html`<ul class="rows" role="list">${sessions.map(row)}</ul>
      ${sessions.length > 1
        ? html`<p><button type="button" class="button is-quiet is-danger" data-focus="others">${t("sessions.end.all")}</button></p>`
        : html`<p class="empty">${t("sessions.only")}</p>`}`);
  }
}

function deviceName(agent) {
  const device = describeDevice(agent);
  if (!device) return t("sessions.unknown");
  const { browser, system } = device;
  return browser && system ? t("sessions.device", { browser, system }) : browser || system;
}

function row({ id, agente, direccion, creada, usada, actual }) {
  const device = deviceName(agente);
  return html`<li class="row">
    <div class="row-text"><b>${device}</b>${actual && html` <span class="tag">${t("sessions.this")}</span>`}
      <p class="row-note">${t("sessions.began", { time: formatMoment(creada), address: direccion })}<br>${t("sessions.used", { time: formatMoment(usada) })}</p></div>
    ${!actual && html`<div class="row-actions"><button type="button" class="button is-quiet" data-id="${id}" data-focus="${id}"
      aria-label="${t("sessions.end.of", { device })}">${t("sessions.end")}</button></div>`}
  </li>`;
}

customElements.define("zoco-sessions", ZocoSessions);
