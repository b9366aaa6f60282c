import "./account-common.js";
import "../components/zoco-form.js";
import { setAccount } from "../lib/account.js";
import * as accounts from "../lib/account-api.js";
import { takeFicha } from "../lib/ficha.js";
import { onSubmit } from "../lib/submit.js";
import { isSpent, showState } from "./account-common.js";

/// Confirms the address that a mailed link came to: of a new account, or either address of one that changes it. Only when the button is pressed: mail programs open links by themselves.
const kStates = { cuenta: "done", correo: "changed", "correo-a-medias": "half" };
const ficha = takeFicha();
const form = document.getElementById("verificacion");

form.shape = { fields: [], submit: "verify.go" };
onSubmit(form, async () => {
  const { resultado } = await accounts.verify(ficha);
  if (resultado === "correo") setAccount(null); // a change of address ends all sessions
  showState(kStates[resultado] ?? "done");
}, (error) => {
  if (isSpent(error)) showState("spent");
  return isSpent(error);
});
if (!ficha) showState("none");
