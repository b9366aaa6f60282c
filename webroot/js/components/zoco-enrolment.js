import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// The key of a second factor, to be read by an authenticator's app: as a picture and to be typed.
/// Property `enrolment = {qr, secreto}`: SVG, base32.
class ZocoEnrolment extends ZocoElement {
  #enrolment = null;

  set enrolment(enrolment) {
    this.#enrolment = enrolment;
    this.update();
  }

  draw() {
    if (!this.#enrolment) {
      this.replaceChildren();
      return;
    }
    const { qr, secreto } = this.#enrolment;
    render(this, html`<p>${t("second.scan")}</p>
      <p><img class="qr" src="data:image/svg+xml,${encodeURIComponent(qr)}" alt="${t("second.qr")}" width="220" height="220"></p>
      <p>${t("second.manual")}<br><code class="secret">${secreto.match(/.{1,4}/g).join(" ")}</code></p>`);
  }
}

customElements.define("zoco-enrolment", ZocoEnrolment);
