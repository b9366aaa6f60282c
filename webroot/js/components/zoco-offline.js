import { t } from "../i18n/i18n.js";
import { announce } from "../lib/announce.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// A band that tells the shopper that there is no connection, while there is none.
class ZocoOffline extends ZocoElement {
  connected() {
    this.listen(window, "offline", () => this.update());
    this.listen(window, "online", () => {
      this.update();
      announce(t("online.again"));
    });
  }

  draw() {
    if (navigator.onLine) this.replaceChildren();
    else render(this, html`<p class="offline" role="status">${t("offline.banner")}</p>`);
  }
}

customElements.define("zoco-offline", ZocoOffline);
