import "./account-common.js";
import "../i18n/privacy.js";
import "../components/zoco-form.js";
import { onLanguage, t } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";
import { takeFicha } from "../lib/ficha.js";
import { keepFile } from "../lib/keep-file.js";
import { onSubmit } from "../lib/submit.js";
import { isSpent, showState } from "./account-common.js";

const kWishes = ["exportar", "borrar"];

/// A guest's own data: asks for a link by mail, and does what the mailed link is for, once its button is pressed.
class RequestPage {
  #wish = new URLSearchParams(location.search).get("accion");
  #ficha = takeFicha();
  #ask = document.getElementById("peticion");
  #export = document.getElementById("exportar");
  #erase = document.getElementById("borrar");
  #email = "";

  start() {
    if (!kWishes.includes(this.#wish)) this.#wish = kWishes[0];
    this.#ask.values = { accion: this.#wish };
    onLanguage(() => this.#shape());
    this.#shape();
    onSubmit(this.#ask, async (values) => {
      await accounts.askForData(values);
      this.#email = values.correo;
      this.#showSent();
      showState("sent");
    });
    onSubmit(this.#export, async () => {
      const { blob, name } = await accounts.downloadDataByLink(this.#ficha);
      keepFile(blob, name || "mis-datos.zip");
      showState("exported");
    }, (error) => this.#isSpent(error));
    onSubmit(this.#erase, async () => {
      await accounts.eraseDataByLink(this.#ficha);
      showState("erased");
    }, (error) => this.#isSpent(error));
    this.#erase.addEventListener("zoco-cancel", () => location.assign("/"));
    document.getElementById("otro").addEventListener("click", () => showState("form"));
    if (this.#ficha) showState(this.#wish);
  }

  #shape() {
    this.#ask.shape = {
      submit: "request.go",
      fields: [
        { name: "accion", type: "select", label: "request.what", required: true,
          options: kWishes.map((value) => ({ value, text: t(`request.what.${value}`) })) },
        { name: "correo", type: "email", label: "email", required: true, missing: "email.missing", autocomplete: "email" },
      ],
    };
    this.#export.shape = { fields: [], submit: "request.export.go" };
    this.#erase.shape = { fields: [], submit: "request.erase.go", cancel: "request.erase.not", isDanger: true };
    this.#showSent();
  }

  #showSent() {
    document.getElementById("enviado").textContent = this.#email && t("request.done.text", { email: this.#email });
  }

  #isSpent(error) {
    if (isSpent(error)) showState("spent");
    return isSpent(error);
  }
}

new RequestPage().start();
