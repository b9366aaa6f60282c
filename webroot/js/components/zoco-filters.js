import { locale, t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatAmount, formatMoney, parseAmount } from "../lib/money.js";
import { inOrder, listUrl } from "../lib/query.js";

const kCurrency = "EUR";

/// Stalls and prices to narrow the list by. Folded on phones, a column beside the list on wide screens.
/// Property `state = {query, facets}` (facets as the API answers them). Emits `zoco-filter` with the changed part of
/// the query; the stalls are links, so that they can be opened elsewhere too.
class ZocoFilters extends ZocoElement {
  #state = null;
  #isOpen = false;
  #isWrong = false;

  set state(state) {
    this.#state = state;
    this.#isWrong = false;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => this.#click(event));
    this.listen(this, "submit", (event) => {
      event.preventDefault();
      this.#applyPrice(new FormData(event.target));
    });
  }

  #click(event) {
    const link = event.target.closest("a[data-category]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && isPlain && !this.emit("zoco-filter", { categoria: link.dataset.category })) {
      event.preventDefault();
      this.#isOpen = false;
    }
    if (event.target.closest("[data-toggle]")) {
      this.#isOpen = !this.#isOpen;
      this.update();
    }
  }

  #applyPrice(form) {
    const amounts = ["precio_min", "precio_max"].map((name) => form.get(name).trim());
    const [min, max] = amounts.map((text) => (text ? parseAmount(text, kCurrency) : null));
    this.#isWrong = (amounts[0] !== "" && min === null) || (amounts[1] !== "" && max === null);
    if (this.#isWrong) {
      this.#showWrong();
      return;
    }
    const [precio_min, precio_max] = inOrder(min, max);
    this.#isOpen = false;
    this.emit("zoco-filter", { precio_min, precio_max });
  }

  /// Without drawing again: what was typed stays.
  #showWrong() {
    this.querySelector("#precio-error").textContent = t("filters.price.wrong");
    for (const input of this.querySelectorAll("input")) {
      const isBad = input.value.trim() !== "" && parseAmount(input.value, kCurrency) === null;
      input.setAttribute("aria-invalid", String(isBad));
    }
    this.querySelector("[aria-invalid=true]").focus();
  }

  draw() {
    if (!this.#state) return;
    render(this, html`
      <button type="button" class="button is-quiet filters-toggle" data-toggle data-focus="toggle" aria-controls="filtros"
        aria-expanded="${String(this.#isOpen)}">${t("filters.show")}</button>
      <div class="filters${this.#isOpen ? " is-open" : ""}" id="filtros" role="group" aria-label="${t("filters")}">
        ${this.#categoriesMarkup()}
        ${this.#priceMarkup()}
      </div>`);
  }

  #categoriesMarkup() {
    const { query, facets } = this.#state;
    if (facets.categorias.length === 0) return null;
    const link = (id, name, count) => html`<li><a href="${listUrl({ ...query, categoria: id })}" data-category="${id}"
      data-focus="category-${id}" aria-current="${String(id === query.categoria)}">
      <span ${id && catalogueLang()}>${name}</span>${count !== null && html` <span class="filter-count">${count}</span>`}</a></li>`;
    return html`<h2 class="filter-title" id="filtro-puesto">${t("filters.category")}</h2>
      <ul class="filter-categories" role="list" aria-labelledby="filtro-puesto">
        ${link("", t("filters.category.all"), null)}
        ${facets.categorias.map((category) => link(category.id, category.nombre, category.productos))}
      </ul>`;
  }

  #priceMarkup() {
    const { query, facets } = this.#state;
    const field = (name, label) => html`<label class="field"><span>${label}</span>
      <span class="field-box"><input name="${name}" inputmode="decimal" autocomplete="off" data-focus="${name}"
        value="${query[name] === null ? "" : formatAmount(query[name], kCurrency, locale())}"
        aria-describedby="precio-pista precio-error"><span aria-hidden="true">€</span></span></label>`;
    const money = (importe) => formatMoney({ importe, moneda: kCurrency }, locale());
    const { min, max } = facets.precio;
    const hasRange = Number.isInteger(min) && Number.isInteger(max);
    return html`<h2 class="filter-title">${t("filters.price")}</h2>
      <form class="filter-price" novalidate>
        ${field("precio_min", t("filters.price.min"))}
        ${field("precio_max", t("filters.price.max"))}
        <p class="hint" id="precio-pista">${hasRange && t("price.from-to", { min: money(min), max: money(max) })}</p>
        <p class="field-error" id="precio-error" role="alert"></p>
        <button class="button is-quiet" type="submit" data-focus="apply">${t("filters.price.apply")}</button>
      </form>`;
  }
}

customElements.define("zoco-filters", ZocoFilters);
