import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// How much of the list is shown, and the button for more. Property `state = {shown, total, hasMore, isBusy}` or null.
/// Emits `zoco-more`.
class ZocoMore extends ZocoElement {
  #state = null;

  set state(state) {
    this.#state = state;
    this.update();
  }

  connected() {
    this.listen(this, "click", (event) => {
      if (event.target.closest("button") && !this.#state.isBusy) this.emit("zoco-more");
    });
  }

  draw() {
    if (!this.#state) {
      this.replaceChildren();
      return;
    }
    const { shown, total, hasMore, isBusy } = this.#state;
    render(this, html`<div class="more">
      <p class="more-count">${t("list.count", { shown, n: total })}</p>
      ${hasMore && html`<progress class="more-bar" max="${total}" value="${shown}" aria-hidden="true"></progress>
        <button type="button" class="button" data-focus="more" aria-disabled="${String(isBusy)}">
          ${t(isBusy ? "list.more.busy" : "list.more")}</button>`}
    </div>`);
  }
}

customElements.define("zoco-more", ZocoMore);
