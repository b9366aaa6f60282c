import "./common.js";
import "../components/zoco-categories.js";
import "../components/zoco-chips.js";
import "../components/zoco-filters.js";
import "../components/zoco-more.js";
import "../components/zoco-notice.js";
import "../components/zoco-order.js";
import "../components/zoco-products.js";
import { onLanguage, t } from "../i18n/i18n.js";
import { announce } from "../lib/announce.js";
import * as api from "../lib/api.js";
import { markCatalogue } from "../lib/catalogue.js";
import { ListLoader } from "../lib/loader.js";
import { cameBack, currentPlace, followScroll, keepPlace } from "../lib/place.js";
import { isNarrowed, listUrl, parseQuery } from "../lib/query.js";

const kPage = 24;

/// The list: the address says what to show, the parts show it, and what they ask for changes the address.
class ListPage {
  #query = parseQuery(location.search);
  #loader = null;
  #categoryNames = new Map();
  #scroll = followScroll();
  #parts = Object.fromEntries(
    ["header", "chips", "filters", "order", "products", "notice", "categories", "more"].map(
      (name) => [name, document.querySelector(`zoco-${name}`)]));
  #heading = document.querySelector("h1");
  #results = document.getElementById("resultados");

  start() {
    document.addEventListener("zoco-search", (event) => this.#take(event, { ...this.#query, q: event.detail }));
    document.addEventListener("zoco-filter", (event) => this.#take(event, { ...this.#query, ...event.detail }));
    document.addEventListener("zoco-more", () => this.#more());
    document.addEventListener("zoco-retry", () => this.#retry());
    addEventListener("popstate", () => this.#return());
    onLanguage(() => this.#showTexts());
    const place = cameBack() ? currentPlace() : { loaded: 0, y: 0 };
    this.#show({ loaded: place.loaded, y: place.y, isFirst: true });
  }

  /// Goes to another list within the page. Sorting leaves the focus on its control.
  #take(event, query) {
    event.preventDefault();
    this.#scroll.forget();
    this.#query = query;
    history.pushState({}, "", listUrl(query));
    this.#show({ focus: event.target.localName === "zoco-order" ? null : this.#heading });
  }

  #return() {
    this.#scroll.forget();
    this.#query = parseQuery(location.search);
    this.#show({ ...currentPlace(), focus: this.#heading });
  }

  #retry() {
    if (this.#loader.products.length > 0) this.#more();
    else this.#show({ focus: this.#heading });
  }

  async #show({ loaded = 0, y = null, focus = null, isFirst = false }) {
    const parts = this.#parts;
    this.#loader?.stop();
    const loader = new ListLoader(this.#query);
    this.#loader = loader;
    this.#showTexts();
    parts.notice.clear();
    parts.more.state = null;
    parts.categories.hidden = true;
    if (isFirst || parts.products.childElementCount === 0) parts.products.showSkeleton(kPage / 2);
    this.#results.setAttribute("aria-busy", "true");
    focus?.focus({ preventScroll: true });
    if (focus && y === null) scrollTo(0, 0);
    try {
      await loader.load(Math.max(loaded, kPage));
      if (loader === this.#loader) this.#showFound(y);
    } catch (error) {
      if (loader === this.#loader) this.#showError(error);
    }
    if (loader === this.#loader) this.#results.removeAttribute("aria-busy");
  }

  #showFound(y) {
    const { products, total } = this.#loader;
    this.#learnNames(this.#loader.facets.categorias);
    keepPlace({ loaded: products.length });
    this.#parts.products.show(products);
    this.#showTexts();
    this.#showMore(false);
    if (y !== null) scrollTo({ top: y, behavior: "instant" });
    announce(total === 0 ? t("list.none") : t("list.found", { n: total }));
    if (total === 0) this.#showEmpty();
  }

  #showError(error) {
    this.#parts.products.clear();
    this.#parts.notice.error = error;
  }

  async #showEmpty() {
    const narrowed = isNarrowed(this.#query);
    this.#parts.notice.message = {
      title: "empty.title",
      text: narrowed ? "empty.text" : "empty.shelves",
      links: narrowed ? [{ href: "/productos", text: "empty.clear" }] : [],
      lead: "empty.try",
    };
    const loader = this.#loader;
    const found = await api.categories().catch(() => ({ categorias: [] }));
    if (loader !== this.#loader || found.categorias.length === 0) return;
    this.#learnNames(found.categorias);
    this.#showTexts();
    this.#parts.categories.categories = found.categorias;
    this.#parts.categories.hidden = false;
  }

  async #more() {
    const loader = this.#loader;
    const before = loader.products.length;
    this.#parts.notice.clear();
    this.#showMore(true);
    try {
      await loader.load(before + kPage);
      if (loader !== this.#loader) return;
      this.#showMore(false);
      this.#showAdded(loader.products.slice(before));
    } catch (error) {
      if (loader !== this.#loader) return;
      this.#showMore(false);
      this.#parts.notice.error = error;
    }
  }

  #showAdded(products) {
    const { length } = this.#loader.products;
    this.#parts.products.append(products)?.focus({ preventScroll: true });
    keepPlace({ loaded: length });
    announce(t("list.more.done", { added: products.length, shown: length, n: this.#loader.total }));
  }

  #learnNames(categories) {
    for (const { id, nombre } of categories) this.#categoryNames.set(id, nombre);
  }

  #showMore(isBusy) {
    const { products, total, hasMore } = this.#loader;
    this.#parts.more.state = total === 0 ? null : { shown: products.length, total, hasMore, isBusy };
  }

  /// What depends on the query and the language.
  #showTexts() {
    const query = this.#query;
    const idOrNothing = this.#loader.facets ? query.categoria : "";
    const categoryName = this.#categoryNames.get(query.categoria) ?? idOrNothing;
    const narrowed = query.categoria ? categoryName || t("list.short") : t("list.title");
    const title = query.q ? t("list.results", { q: query.q }) : narrowed;
    this.#heading.textContent = title;
    markCatalogue(this.#heading, title === categoryName);
    document.title = t("title", { page: title });
    this.#parts.header.query = query.q;
    this.#parts.order.order = query.orden;
    this.#parts.chips.state = { query, categoryName };
    if (this.#loader.facets) this.#parts.filters.state = { query, facets: this.#loader.facets };
    const { products, total } = this.#loader;
    document.getElementById("cuenta").textContent = products.length > 0 ? t("products", { n: total }) : "";
  }
}

new ListPage().start();
