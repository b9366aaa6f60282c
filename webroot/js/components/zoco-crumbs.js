import { t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// The way back up (ARIA breadcrumb pattern). Property `trail = [{href, text}]`, the home page left out;
/// an entry without href is the page itself; `isCatalogue`: its text is the catalogue's.
class ZocoCrumbs extends ZocoElement {
  #trail = [];

  set trail(trail) {
    this.#trail = trail;
    this.update();
  }

  draw() {
    const entry = ({ href, text, isCatalogue }) => href
      ? html`<li><a href="${href}" ${isCatalogue && catalogueLang()}>${text}</a></li>`
      : html`<li><span aria-current="page" ${isCatalogue && catalogueLang()}>${text}</span></li>`;
    render(this, html`<nav class="crumbs" aria-label="${t("crumbs")}"><ol role="list">
      ${[{ href: "/", text: t("crumbs.home") }, ...this.#trail].map(entry)}</ol></nav>`);
  }
}

customElements.define("zoco-crumbs", ZocoCrumbs);
