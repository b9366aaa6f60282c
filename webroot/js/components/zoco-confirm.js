import { t } from "../i18n/i18n.js";
import { html, render } from "../lib/html.js";

/// Asks before something is done that cannot be taken back (a modal dialog: the browser keeps and returns the focus).
///   if (await dialog.ask({title, text, go})) …     title, go: keys of texts; text: a text, may be empty
class ZocoConfirm extends HTMLElement {
  ask({ title, text = "", go }) {
    render(this, html`<dialog class="confirm" aria-labelledby="confirm-title">
      <form method="dialog">
        <h2 id="confirm-title">${t(title)}</h2>
        ${text && html`<p>${text}</p>`}
        <div class="form-actions">
          <button class="button is-danger" value="yes">${t(go)}</button>
          <button class="button is-quiet" value="no" autofocus>${t("form.cancel")}</button>
        </div>
      </form></dialog>`);
    const dialog = this.firstElementChild;
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        resolve(dialog.returnValue === "yes");
        this.replaceChildren();
      }, { once: true });
    });
  }
}

customElements.define("zoco-confirm", ZocoConfirm);
