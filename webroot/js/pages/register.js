import "./account-common.js";
import "../components/zoco-form.js";
import { onLanguage, t } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";
import { kVersions } from "../lib/consents.js";
import { onSubmit } from "../lib/submit.js";
import { showState } from "./account-common.js";

const kShape = {
  submit: "register.go",
  fields: [
    { name: "nombre", label: "name", required: true, missing: "register.missing.name", autocomplete: "name" },
    { name: "correo", type: "email", label: "email", required: true, missing: "email.missing", autocomplete: "username" },
    { name: "clave", type: "password", label: "password", hint: "register.password.hint", required: true,
      missing: "register.missing.password", autocomplete: "new-password" },
    { name: "acepta", type: "checkbox", label: "register.agree", required: true, missing: "register.missing.agree",
      links: [{ href: "/privacidad#condiciones", text: "register.terms" }, { href: "/privacidad", text: "register.privacy" }] },
    { name: "novedades", type: "checkbox", label: "register.news" },
  ],
};

const form = document.getElementById("registro");
let email = "";

function showDone() {
  document.getElementById("enviado").textContent = email && t("register.done.text", { email });
}

form.shape = kShape;
onSubmit(form, async ({ nombre, correo, clave, novedades }) => {
  const { condiciones, privacidad, novedades: news } = kVersions;
  await accounts.register({ nombre, correo, clave, condiciones, privacidad, ...(novedades && { novedades: news }) });
  email = correo;
  showDone();
  showState("done");
});
onLanguage(showDone);
document.getElementById("otra").addEventListener("click", () => {
  form.values = { ...form.values, clave: "" };
  showState("form");
});
