import { t } from "../i18n/i18n.js";
import { accountState, expectAccount, kAccountEvent, logOut } from "../lib/account.js";
import { ZocoElement } from "../lib/element.js";
import { html, render } from "../lib/html.js";
import { loginUrl, thisPath } from "../lib/own-path.js";

const kEntrances = ["/acceso", "/registro", "/verificacion", "/olvido", "/clave-nueva"];

/// The account's place in the header: the way in, or the name with a menu (ARIA disclosure pattern).
class ZocoAccount extends ZocoElement {
  #isOpen = false;

  connected() {
    this.listen(this, "click", (event) => this.#click(event));
    this.listen(document, "click", (event) => { if (!this.contains(event.target)) this.#open(false); });
    this.listen(this, "keydown", (event) => { if (event.key === "Escape" && this.#isOpen) this.#close(); });
    this.listen(this, "focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.#open(false);
    });
    this.listen(document, kAccountEvent, () => this.update());
    expectAccount();
  }

  #open(isOpen) {
    if (this.#isOpen === isOpen) return;
    this.#isOpen = isOpen;
    this.querySelector("[aria-expanded]")?.setAttribute("aria-expanded", String(isOpen));
    const menu = this.querySelector(".account-menu");
    if (menu) menu.hidden = !isOpen;
  }

  #close() {
    this.#open(false);
    this.querySelector("[aria-expanded]")?.focus();
  }

  #click(event) {
    if (event.target.closest("[data-toggle]")) this.#open(!this.#isOpen);
    else if (event.target.closest("[data-leave]")) this.#leave(event.target.closest("[data-leave]"));
    else if (event.target.closest("a")) this.#open(false);
  }

  async #leave(button) {
    button.setAttribute("aria-disabled", "true");
    try {
      await logOut();
      location.assign("/");
    } catch {
      button.removeAttribute("aria-disabled");
      button.textContent = t("account.leave.failed");
    }
  }

  draw() {
    const { status, account } = accountState();
    if (status === "known") this.#drawMenu(account);
    else if (status === "asking") render(this, html`<a class="account-link" href="/cuenta">${icon()}${label(t("account.mine"))}</a>`);
    else render(this, html`<a class="account-link" href="${this.#wayIn()}" data-focus="account">${icon()}${label(t("account.enter"))}</a>`);
  }

  #wayIn() {
    const path = location.pathname.replace(/\.html$/, "");
    return kEntrances.includes(path) || path === "/" ? "/acceso" : loginUrl(thisPath());
  }

  #drawMenu({ nombre, correo }) {
    const name = nombre || correo;
    const isHere = (path) => String(location.pathname === path && location.hash === "");
    render(this, html`
      <button type="button" class="account-link" data-toggle data-focus="account" aria-expanded="${String(this.#isOpen)}"
        aria-controls="menu-cuenta">${icon()}<span class="visually-hidden">${t("account.of")} </span>${label(name)}</button>
      <div class="account-menu" id="menu-cuenta" ${this.#isOpen ? null : html`hidden`}>
        <p class="account-who"><b>${name}</b> <span>${correo}</span></p>
        <ul role="list">
          <li><a href="/cuenta" aria-current="${isHere("/cuenta")}">${t("account.mine")}</a></li>
          <li><a href="/cuenta#pedidos">${t("account.orders")}</a></li>
          <li><a href="/cuenta#direcciones">${t("account.addresses")}</a></li>
          <li><a href="/cuenta#seguridad">${t("account.security")}</a></li>
          <li><button type="button" data-leave>${t("account.leave")}</button></li>
        </ul>
      </div>`);
  }
}

function icon() {
  return html`<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round"><circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.9-4 4-6 7.5-6s6.6 2 7.5 6"/></svg>`;
}

function label(text) {
  return html`<span class="account-label">${text}</span>`;
}

customElements.define("zoco-account", ZocoAccount);
