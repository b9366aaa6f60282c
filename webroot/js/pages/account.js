import "./account-common.js";
import "../i18n/mine.js";
import "../components/zoco-alert.js";
import "../components/zoco-confirm.js";
import "../components/zoco-form.js";
import "../components/zoco-notice.js";
import { onLanguage, t } from "../i18n/i18n.js";
import { kAccountEvent, accountState, loadAccount } from "../lib/account.js";
import { ApiError } from "../lib/api.js";
import { takeOutcome } from "../lib/outcome.js";
import { loginUrl, thisPath } from "../lib/own-path.js";
import { setText } from "./account-common.js";

const kParts = {
  datos: () => import("./account/data.js"),
  pedidos: () => import("./account/orders.js"),
  direcciones: () => import("./account/addresses.js"),
  seguridad: () => import("./account/security.js"),
  sesiones: () => import("./account/sessions.js"),
  privacidad: () => import("./account/privacy.js"),
};

/// The account: one part at a time, which the address names behind its #. A part is fetched and made when it is first
/// seen: it gets its section and this page's `guard` and `fail`, and returns {load} for what it shows.
class AccountPage {
  #help = { guard: (error) => this.#guard(error), fail: (error) => this.#fail(error) };
  #alert = document.querySelector("zoco-alert");
  #notice = document.querySelector("zoco-notice");
  #whole = document.getElementById("cuenta");
  #outcome = document.getElementById("externo");
  #made = new Map();

  start() {
    addEventListener("hashchange", () => {
      this.#outcome.hidden = true;
      this.#show({ focus: true });
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    document.addEventListener("zoco-retry", () => this.#load());
    document.addEventListener(kAccountEvent, () => { if (accountState().status === "none") this.#leave(); });
    onLanguage(() => this.#showTitle());
    this.#load();
  }

  async #load() {
    this.#notice.clear();
    try {
      if (!(await loadAccount())) return;
    } catch (error) {
      this.#notice.error = error;
      return;
    }
    this.#whole.removeAttribute("aria-busy");
    const outcome = takeOutcome();
    const isNews = outcome !== null && outcome !== "dentro";
    if (isNews) history.replaceState(history.state, "", "#seguridad"); // where they left from
    this.#show({ focus: false });
    if (isNews) this.#tell(outcome);
  }

  /// What a way to an identity provider came to.
  async #tell(outcome) {
    await import("../i18n/identities.js");
    this.#outcome.hidden = false;
    this.#outcome.classList.toggle("is-bad", outcome !== "enlazado");
    setText(this.#outcome, `identities.outcome.${outcome}`);
  }

  get #part() {
    const name = location.hash.slice(1);
    return Object.hasOwn(kParts, name) ? name : "datos";
  }

  #show({ focus }) {
    for (const section of this.#whole.querySelectorAll("section")) section.hidden = section.id !== this.#part;
    for (const link of this.#whole.querySelectorAll("nav a")) {
      const isHere = link.hash === `#${this.#part}`;
      link.setAttribute("aria-current", isHere ? "page" : "false");
      if (isHere) link.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
    }
    const section = document.getElementById(this.#part);
    this.#run(this.#part, section);
    this.#showTitle();
    if (focus) {
      section.querySelector("h2").focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }

  async #run(name, section) {
    this.#notice.clear();
    this.#alert.error = null;
    try {
      if (!this.#made.has(name)) {
        const { part } = await kParts[name]().catch(() => { throw new ApiError(navigator.onLine ? "unreachable" : "offline"); });
        if (!this.#made.has(name)) this.#made.set(name, part(section, this.#help));
      }
      await this.#made.get(name).load?.();
    } catch (error) {
      if (!this.#guard(error)) this.#notice.error = error;
    }
  }

  /// Whether a problem was taken care of: the visitor has to log in, or to confirm who they are, and comes back here.
  #guard({ kind, slug }) {
    if (slug === "autenticacion-reciente") location.assign(loginUrl(thisPath(), { step: "confirmar" }));
    else if (kind === "login") this.#leave();
    else return false;
    return true;
  }

  /// Shows what went wrong with something that no form asked for; null: nothing any more.
  #fail(error) {
    if (!error || !this.#guard(error)) this.#alert.error = error;
  }

  #leave() {
    if (!document.body.dataset.left) location.replace(loginUrl(thisPath()));
  }

  #showTitle() {
    document.title = t("title", { page: `${t(`mine.${this.#part}`)} · ${t("mine.title")}` });
  }
}

new AccountPage().start();
