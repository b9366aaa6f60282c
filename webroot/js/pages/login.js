import "./account-common.js";
import "../components/zoco-form.js";
import { hasText } from "../i18n/i18n.js";
import { accountState, loadAccount, rememberLogin } from "../lib/account.js";
import * as accounts from "../lib/account-api.js";
import { takeOutcome } from "../lib/outcome.js";
import { ownPath } from "../lib/own-path.js";
import { onSubmit } from "../lib/submit.js";
import { nameAsHeading, setText, showState } from "./account-common.js";
import { showConfirmers, showProviders } from "./providers.js";

const kPassword = {
  name: "clave", type: "password", label: "password", required: true, missing: "enter.missing.password",
  autocomplete: "current-password",
};
const kEmail = {
  name: "correo", type: "email", label: "email", required: true, missing: "email.missing", autocomplete: "username",
};
const kCode = {
  name: "codigo", type: "code", label: "enter.code", required: true, missing: "enter.code.missing",
  autocomplete: "one-time-code",
};

/// Logging in, and (with ?paso=) confirming who is logged in; ?volver= says where to go then.
class LoginPage {
  #back = ownPath(new URLSearchParams(location.search).get("volver"), "/cuenta");
  #form = document.getElementById("acceso");
  #code = document.getElementById("codigo");
  #credentials = null;

  async start() {
    const params = new URLSearchParams(location.search);
    const isConfirming = params.has("paso");
    const outcome = takeOutcome();
    if (outcome === "dentro") rememberLogin(); // is asked for at once, below
    this.#form.shape = { fields: [kEmail, kPassword], submit: "enter.go" };
    this.#code.shape = { fields: [kCode], submit: "enter.code.go", cancel: "enter.code.back" };
    onSubmit(this.#form, (values) => this.#enter(values), (error) => this.#askCode(error));
    onSubmit(this.#code, ({ codigo }) => this.#enter({ ...this.#credentials, codigo: codigo.replace(/\s/g, "") }));
    this.#code.addEventListener("zoco-cancel", () => showState("form"));
    this.#tell(outcome);
    if (!isConfirming) showProviders(document.getElementById("proveedores"), this.#back).catch(() => {}); // goes without
    const mayBeIn = accountState().status !== "none" || isConfirming || outcome === "dentro";
    const account = !mayBeIn ? null : await loadAccount().catch(() => null);
    if (account && isConfirming) this.#confirm(account);
    else if (account) location.replace(this.#back);
  }

  #tell(outcome) {
    if (!outcome || !hasText(`enter.outcome.${outcome}`)) return;
    const place = document.getElementById("externo");
    setText(place, `enter.outcome.${outcome}`);
    place.hidden = false;
  }

  /// The same page for somebody who is logged in and is to show that it is still them.
  #confirm({ correo }) {
    setText(document.querySelector("h1"), "enter.again.title");
    setText(document.getElementById("entrada"), "enter.again.lead");
    document.getElementById("sin-cuenta").hidden = true;
    this.#form.values = { correo };
    this.#form.shape = { fields: [{ ...kEmail, isReadOnly: true }, kPassword], submit: "enter.again.go" };
    showConfirmers(document.getElementById("proveedores"), this.#back, (error) => { this.#form.error = error; }).catch(() => {});
    nameAsHeading();
  }

  async #enter(credentials) {
    this.#credentials = credentials;
    await accounts.logIn(credentials);
    rememberLogin();
    location.replace(this.#back);
  }

  #askCode({ slug }) {
    if (slug !== "segundo-factor") return false;
    this.#code.values = {};
    showState("code");
    return true;
  }
}

new LoginPage().start();
