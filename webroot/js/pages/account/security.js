import "../../components/zoco-codes.js";
import "../../components/zoco-enrolment.js";
import { onLanguage, t } from "../../i18n/i18n.js";
import { accountState } from "../../lib/account.js";
import * as accounts from "../../lib/account-api.js";
import { announce } from "../../lib/announce.js";
import { onSubmit } from "../../lib/submit.js";
import { identities } from "./identities.js";

const kPassword = {
  submit: "secure.password.go",
  fields: [
    { name: "claveActual", type: "password", label: "secure.password.now", required: true, autocomplete: "current-password",
      missing: "enter.missing.password" },
    { name: "clave", type: "password", label: "secure.password.new", hint: "register.password.hint", required: true,
      autocomplete: "new-password", missing: "register.missing.password" },
  ],
};
const kNoPassword = { submit: "secure.password.ask", fields: [] };
const kCode = {
  submit: "second.confirm",
  cancel: "form.cancel",
  fields: [
    { name: "codigo", type: "code", label: "second.code", required: true, missing: "enter.code.missing", inputmode: "numeric",
      autocomplete: "one-time-code" },
  ],
};

/// The password (who has none is mailed a link to choose one), the second factor, and other ways to log in.
export function part(section, help) {
  const { correo, tiene_clave: hasPassword } = accountState().account;
  const password = section.querySelector("#clave-formulario");
  section.querySelector("#clave-sin").hidden = hasPassword;
  password.shape = hasPassword ? { ...kPassword, username: correo } : kNoPassword;
  onSubmit(password, async (values) => {
    if (hasPassword) await accounts.changePassword(values);
    else await accounts.forgotPassword(correo);
    password.values = {};
    password.done = hasPassword ? "secure.password.done" : "secure.password.asked";
  }, help.guard);
  const second = new SecondFactor(section.querySelector("#segundo"), help);
  const others = identities(section.querySelector("#identidades"), help);
  return { load: () => Promise.all([second.load(), others.load()]) };
}

/// Shows one of the states of the second factor: off, enrolling, codes, on.
class SecondFactor {
  #root;
  #fail;
  #state = null;

  constructor(root, { guard, fail }) {
    this.#root = root;
    this.#fail = fail;
    const form = this.#one("zoco-form");
    form.shape = kCode;
    this.#on("#segundo-activar", () => this.#start());
    this.#on("#segundo-renovar", async () => this.#showCodes((await accounts.renewRecoveryCodes()).codigos));
    this.#on("#segundo-desactivar", () => this.#stop());
    form.addEventListener("zoco-cancel", () => this.#show("off", "#segundo-activar"));
    onSubmit(form, async ({ codigo }) => {
      this.#showCodes((await accounts.confirmSecondFactor(codigo.replace(/\s/g, ""))).codigos);
    }, guard);
    root.addEventListener("zoco-kept", () => this.load({ focus: true }));
    onLanguage(() => this.#showLeft());
  }

  async load({ focus = false } = {}) {
    this.#state = await accounts.secondFactor();
    this.#one("zoco-codes").codes = [];
    this.#show(this.#state.activo ? "on" : "off", focus ? "h3" : null);
    this.#showLeft();
  }

  async #start() {
    this.#one("zoco-enrolment").enrolment = await accounts.startSecondFactor();
    this.#one("zoco-form").values = {};
    this.#show("enrolling", "#segundo-codigo-codigo");
  }

  #showCodes(codes) {
    this.#one("zoco-enrolment").enrolment = null;
    this.#one("zoco-codes").codes = codes;
    this.#show("codes", "zoco-codes h4");
  }

  async #stop() {
    const text = t("second.stop.text");
    if (!(await document.querySelector("zoco-confirm").ask({ title: "second.stop.title", text, go: "second.stop" }))) return;
    await accounts.stopSecondFactor();
    await this.load({ focus: true });
    announce(t("second.stopped"));
  }

  #showLeft() {
    this.#one("#segundo-quedan").textContent = this.#state?.activo ? t("second.left", { n: this.#state.codigos }) : "";
  }

  #show(name, focus) {
    for (const part of this.#root.querySelectorAll("[data-second]")) part.hidden = part.dataset.second !== name;
    if (focus) this.#one(focus).focus();
  }

  #one(selector) {
    return this.#root.querySelector(selector);
  }

  #on(selector, action) {
    this.#one(selector).addEventListener("click", async () => {
      this.#fail(null);
      try {
        await action();
      } catch (error) {
        this.#fail(error);
      }
    });
  }
}
