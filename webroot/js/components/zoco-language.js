import { kLanguages, language, setLanguage, t } from "../i18n/i18n.js";
import { announce } from "../lib/announce.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

const kNames = { es: "Español", en: "English" };

/// The language switch: one toggle button per language (ARIA: group of buttons with aria-pressed).
class ZocoLanguage extends ZocoElement {
  connected() {
    this.listen(this, "click", (event) => {
      const button = event.target.closest("button");
      if (button) setLanguage(button.lang).catch(() => announce(t("error.unreachable")));
    });
  }

  draw() {
    const button = (code) => html`
      <button type="button" lang="${code}" data-focus="${code}"
        aria-pressed="${String(code === language())}">${code.toUpperCase()}<span class="visually-hidden"> ${kNames[code]}</span></button>`;
    render(this, html`<div class="language" role="group" aria-label="${t("language")}">${kLanguages.map(button)}</div>`);
  }
}

customElements.define("zoco-language", ZocoLanguage);
