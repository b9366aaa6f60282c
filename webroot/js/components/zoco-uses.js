import "../i18n/privacy.js";
import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

const kParts = ["finalidad", "base", "plazo"];

/// What the shop keeps about people, what for, on which ground and for how long. Property `uses`: `tratamientos` as the API
/// answers them; it is the page's to ask again when the language changes.
class ZocoUses extends ZocoElement {
  #uses = null;

  set uses(tratamientos) {
    this.#uses = tratamientos.flatMap(({ usos }) => usos);
    this.update();
  }

  draw() {
    if (this.#uses === null) {
      render(this, html`<span class="skeleton skeleton-use"></span><span class="skeleton skeleton-use"></span>`);
    } else if (this.#uses.length === 0) {
      render(this, html`<p class="empty">${t("uses.none")}</p>`);
    } else {
      render(this, html`<ul class="uses" role="list">${this.#uses.map(row)}</ul>`);
    }
  }
}

function row(use) {
  const language = use.idioma ?? "es";
  return html`<li class="use"><p class="use-what" lang="${language}">${use.datos}</p>
    <dl>${kParts.map((part) => html`<div><dt>${t(`uses.${part}`)}</dt><dd lang="${language}">${use[part]}</dd></div>`)}</dl></li>`;
}

customElements.define("zoco-uses", ZocoUses);
