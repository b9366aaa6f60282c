import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { listUrl } from "../lib/query.js";

/// The foot of every page.
class ZocoFooter extends ZocoElement {
  draw() {
    render(this, html`
      <footer class="footer">
        <p class="footer-sign"><img src="/img/logo.svg" alt="" width="28" height="28"> Mercado Zoco</p>
        <p>${t("footer.motto")}</p>
        <p>${t("footer.note")}</p>
        <ul class="footer-links" role="list">
          <li><a href="${listUrl()}">${t("nav.products")}</a></li>
          <li><a href="/privacidad">${t("footer.privacy")}</a></li>
          <li><a href="/datos">${t("footer.data")}</a></li>
        </ul>
      </footer>`);
  }
}

customElements.define("zoco-footer", ZocoFooter);
