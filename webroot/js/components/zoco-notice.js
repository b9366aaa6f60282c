import { t } from "../i18n/i18n.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";

/// What stands where something could not be shown.
///   notice.error = apiError      says what happened, the reference to give us, and offers to retry (`zoco-retry`);
///                                retries by itself when the connection comes back
///   notice.message = {title, text, links: [{href, text}], lead}     keys of texts, not texts;
///                                `lead` introduces what the page shows below
///   notice.clear()
class ZocoNotice extends ZocoElement {
  #error = null;
  #message = null;

  set error(error) {
    this.#error = error;
    this.#message = null;
    this.update();
  }

  set message(message) {
    this.#message = message;
    this.#error = null;
    this.update();
  }

  clear() {
    this.error = null;
  }

  get isShown() {
    return Boolean(this.#error || this.#message);
  }

  connected() {
    this.listen(this, "click", (event) => {
      if (event.target.closest("[data-retry]")) this.emit("zoco-retry");
    });
    this.listen(window, "online", () => {
      if (this.#error) this.emit("zoco-retry");
    });
  }

  draw() {
    this.hidden = !this.isShown;
    if (this.#error) render(this, this.#errorMarkup());
    else if (this.#message) render(this, this.#messageMarkup());
    else this.replaceChildren();
  }

  #errorMarkup() {
    const { kind, requestId } = this.#error;
    return html`<div class="notice" role="alert">
      <img src="/img/caja-vacia.svg" alt="" width="120" height="96">
      <h2 class="notice-title">${t(`error.${kind}`)}</h2>
      <p>${t(`error.${kind}.text`)}</p>
      <p><button type="button" class="button" data-retry data-focus="retry">${t("error.retry")}</button></p>
      ${requestId && html`<p class="notice-id">${t("error.id")} <code>${requestId}</code></p>`}
    </div>`;
  }

  #messageMarkup() {
    const { title, text, links = [], lead } = this.#message;
    return html`<div class="notice">
      <img src="/img/caja-vacia.svg" alt="" width="120" height="96">
      <h2 class="notice-title">${t(title)}</h2>
      <p>${t(text)}</p>
      ${links.map((link) => html`<p><a class="button" href="${link.href}">${t(link.text)}</a></p>`)}
      ${lead && html`<p>${t(lead)}</p>`}
    </div>`;
  }
}

customElements.define("zoco-notice", ZocoNotice);
