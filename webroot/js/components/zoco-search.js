import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// A search box. Submitting goes to the list; a page that shows the list itself listens to `zoco-search`
/// (detail: the text) and prevents that. Properties: `query`. Attribute `large`: as on the home page.
class ZocoSearch extends ZocoElement {
  #query = "";

  set query(text) {
    this.#query = text;
    const input = this.querySelector("input");
    if (input) input.value = text;
  }

  connected() {
    this.listen(this, "input", (event) => { this.#query = event.target.value; });
    this.listen(this, "submit", (event) => {
      if (!this.emit("zoco-search", this.#query.trim())) event.preventDefault();
    });
  }

  draw() {
    const id = this.hasAttribute("large") ? "buscar-grande" : "buscar";
    render(this, html`
      <form class="search" role="search" action="/productos" aria-label="${t("search.label")}">
        <label class="visually-hidden" for="${id}">${t("search.label")}</label>
        <input id="${id}" class="search-input" type="search" name="q" value="${this.#query}" data-focus="q" maxlength="200"
          placeholder="${t("search.hint")}" autocomplete="off" enterkeyhint="search">
        <button class="search-go" type="submit" data-focus="go">
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.4"
            stroke-linecap="round"><circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/></svg>
          <span class="search-go-text">${t("search.go")}</span>
        </button>
      </form>`);
  }
}

customElements.define("zoco-search", ZocoSearch);
