import "./account-common.js";
import "../i18n/privacy.js";
import "../components/zoco-notice.js";
import "../components/zoco-uses.js";
import { onLanguage } from "../i18n/i18n.js";
import * as accounts from "../lib/account-api.js";

const uses = document.querySelector("zoco-uses");
const notice = document.querySelector("zoco-notice");

/// What the shop keeps about people, as its parts say it.
async function load() {
  notice.clear();
  uses.hidden = false;
  try {
    uses.uses = (await accounts.uses()).tratamientos;
  } catch (error) {
    uses.hidden = true;
    notice.error = error;
  }
}

document.addEventListener("zoco-retry", load);
onLanguage(load);
load();
