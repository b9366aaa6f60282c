import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { problemMarkup } from "../lib/problem.js";

/// Says what went wrong with what was just asked for, and takes the focus. Property `error` (an ApiError, or null).
class ZocoAlert extends ZocoElement {
  #error = null;

  set error(error) {
    this.#error = error;
    this.update();
    if (error) this.querySelector(".form-alert").focus();
  }

  draw() {
    render(this, html`<div class="form-alert" role="alert" tabindex="-1">${this.#error && problemMarkup(this.#error)}</div>`);
  }
}

customElements.define("zoco-alert", ZocoAlert);
