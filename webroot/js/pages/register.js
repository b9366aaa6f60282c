import "./account-common.js";
import "../components/zoco-form.js";
import { onLanguage, t } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";
import { onSubmit } from "../lib/submit.js";
import { showState } from "./account-common.js";

const kShape = {
  submit: "register.go",
  fields: [
    { name: "nombre", label: "name", required: true, missing: "register.missing.name", autocomplete: "name" },
    { name: "correo", type: "email", label: "email", required: true, missing: "enter.missing.email", autocomplete: "email" },
    { name: "clave", type: "password", label: "password", hint: "register.password.hint", required: true,
      missing: "register.missing.password", autocomplete: "new-password" },
  ],
};

const form = document.getElementById("registro");
let email = "";

function showDone() {
  document.getElementById("enviado").textContent = email && t("register.done.text", { email });
}

form.shape = kShape;
onSubmit(form, async (values) => {
  await accounts.register(values);
  email = values.correo;
  showDone();
  showState("done");
});
onLanguage(showDone);
document.getElementById("otra").addEventListener("click", () => {
  form.values = { ...form.values, clave: "" };
  showState("form");
});
