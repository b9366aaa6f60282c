import "./account-common.js";
import "../components/zoco-form.js";
import { setAccount } from "../lib/account.js";
import * as accounts from "../lib/account-api.js";
import { takeFicha } from "../lib/ficha.js";
import { onSubmit } from "../lib/submit.js";
import { isSpent, showState } from "./account-common.js";

const kShape = {
  submit: "reset.go",
  fields: [
    { name: "clave", type: "password", label: "reset.password", hint: "register.password.hint", required: true,
      missing: "register.missing.password", autocomplete: "new-password" },
  ],
};

const ficha = takeFicha();
const form = document.getElementById("clave-nueva");

form.shape = kShape;
onSubmit(form, async ({ clave }) => {
  await accounts.newPassword(ficha, clave);
  setAccount(null); // it ends all sessions
  showState("done");
}, (error) => {
  if (isSpent(error)) showState("spent");
  return isSpent(error);
});
if (!ficha) showState("none");
