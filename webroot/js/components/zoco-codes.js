import { t } from "../i18n/i18n.js";
import { announce } from "../lib/announce.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { keepFile } from "../lib/keep-file.js";

/// Recovery codes, shown once, to be copied or kept in a file. Property `codes`. Emits `zoco-kept`.
class ZocoCodes extends ZocoElement {
  #codes = [];

  set codes(codes) {
    this.#codes = codes;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      const what = event.target.closest("button")?.dataset.focus;
      if (what === "copy") this.#copy();
      if (what === "keep") keepFile(new Blob([`${this.#codes.join("\r\n")}\r\n`], { type: "text/plain" }), t("second.codes.file"));
      if (what === "kept") this.emit("zoco-kept");
    });
  }

  async #copy() {
    await navigator.clipboard?.writeText(this.#codes.join("\n"));
    announce(t("second.codes.copied"));
  }

  draw() {
    if (this.#codes.length === 0) {
      this.replaceChildren();
      return;
    }
    const canCopy = Boolean(navigator.clipboard);
    render(this, html`<h4 tabindex="-1">${t("second.codes.title")}</h4>
      <p>${t("second.codes.text")}</p>
      <ul class="codes" role="list">${this.#codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
      <div class="form-actions">
        ${canCopy && html`<button type="button" class="button is-quiet" data-focus="copy">${t("second.codes.copy")}</button>`}
        <button type="button" class="button is-quiet" data-focus="keep">${t("second.codes.keep")}</button>
        <button type="button" class="button" data-focus="kept">${t("second.codes.done")}</button>
      </div>`);
  }
}

customElements.define("zoco-codes", ZocoCodes);
