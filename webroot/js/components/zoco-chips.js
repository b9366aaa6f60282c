import { locale, t } from "../i18n/i18n.js";
import { catalogueLang } from "../lib/catalogue.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { formatMoney } from "../lib/money.js";

const kCurrency = "EUR";
const kNothing = { q: "", categoria: "", precio_min: null, precio_max: null };

/// The filters at work, each a button that removes it. Property `state = {query, categoryName}`; the name is empty
/// until it is known. Emits `zoco-filter` with the changed part of the query.
class ZocoChips extends ZocoElement {
  #state = null;

  set state(state) {
    this.#state = state;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      const button = event.target.closest("button");
      if (button) this.emit("zoco-filter", JSON.parse(button.dataset.change));
    });
  }

  draw() {
    const chips = this.#state ? this.#chips() : [];
    const clear = chips.length > 1 && html`<li><button type="button" class="chip-clear"
      data-change="${JSON.stringify(kNothing)}">${t("chips.clear")}</button></li>`;
    if (chips.length === 0) this.replaceChildren();
    else render(this, html`<ul class="chips" role="list" aria-label="${t("chips")}">${chips.map(chip)}${clear}</ul>`);
  }

  #chips() {
    const { query, categoryName } = this.#state;
    const chips = [];
    if (query.q) chips.push({ text: t("chips.q", { q: query.q }), change: { q: "" } });
    if (query.categoria && categoryName) chips.push({ text: categoryName, isCatalogue: true, change: { categoria: "" } });
    const price = priceText(query.precio_min, query.precio_max);
    if (price) chips.push({ text: price, change: { precio_min: null, precio_max: null } });
    return chips;
  }
}

function priceText(from, to) {
  const money = (importe) => formatMoney({ importe, moneda: kCurrency }, locale());
  if (from !== null && to !== null) return t("chips.between", { min: money(from), max: money(to) });
  if (from !== null) return t("chips.from", { min: money(from) });
  return to === null ? "" : t("chips.to", { max: money(to) });
}

function chip({ text, change, isCatalogue }) {
  return html`<li><button type="button" class="chip" data-change="${JSON.stringify(change)}"
    aria-label="${t("chips.remove", { what: text })}"><span class="chip-text" ${isCatalogue && catalogueLang()}>${text}</span>
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" stroke="currentColor" stroke-width="2"
      stroke-linecap="round"><path d="m2 2 8 8M10 2l-8 8"/></svg></button></li>`;
}

customElements.define("zoco-chips", ZocoChips);
