import * as api from "./api.js";
import { searchedText } from "./query.js";

const kLargestPage = 100;

/// Loads one list piece by piece and keeps what came. One query, one loader.
export class ListLoader {
  products = [];
  total = 0;
  facets = null;
  #query;
  #cursor = null;
  #isAtEnd = false;
  #stopping = new AbortController();

  constructor(query) {
    this.#query = { ...query, q: searchedText(query.q) };
  }

  get hasMore() {
    return !this.#isAtEnd;
  }

  /// Until `count` products are there or the list ends. Rejects with ApiError; what came before it stays.
  async load(count) {
    while (this.products.length < count && !this.#isAtEnd) {
      const limite = Math.min(kLargestPage, count - this.products.length);
      const page = await api.products({ ...this.#query, limite, cursor: this.#cursor }, this.#stopping.signal);
      this.products.push(...page.productos);
      this.total = page.total;
      this.facets = page.facetas;
      this.#cursor = page.siguiente;
      this.#isAtEnd = page.siguiente === null;
    }
  }

  /// The answer on its way is no longer wanted: `load` rejects.
  stop() {
    this.#stopping.abort();
  }
}
