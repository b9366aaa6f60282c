import "./account-common.js";
import "../components/zoco-form.js";
import { onLanguage, t } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";
import { onSubmit } from "../lib/submit.js";
import { showState } from "./account-common.js";

const kShape = {
  submit: "forgot.go",
  fields: [
    { name: "correo", type: "email", label: "email", required: true, missing: "email.missing", autocomplete: "username" },
  ],
};

const form = document.getElementById("olvido");
let email = "";

function showDone() {
  document.getElementById("enviado").textContent = email && t("forgot.done.text", { email });
}

form.shape = kShape;
onSubmit(form, async ({ correo }) => {
  await accounts.forgotPassword(correo);
  email = correo;
  showDone();
  showState("done");
});
onLanguage(showDone);
