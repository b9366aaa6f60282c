import "../../components/zoco-identities.js";
import { t } from "../../i18n/i18n.js";
import * as accounts from "../../lib/account-api.js";
import { announce } from "../../lib/announce.js";
import { thisPath } from "../../lib/own-path.js";

/// The identities at other providers: shown where the shop knows any. Returns {load}.
export function identities(panel, { fail }) {
  const list = panel.querySelector("zoco-identities");
  const load = async () => {
    const [{ externos }, { proveedores }] = await Promise.all([accounts.identities(), accounts.providers()]);
    list.identities = { externos, proveedores };
    panel.hidden = externos.length + proveedores.length === 0;
  };
  const act = async (action) => {
    fail(null);
    try {
      await action();
    } catch (error) {
      fail(error);
    }
  };
  list.addEventListener("zoco-link", ({ detail: { id } }) => act(async () => {
    location.assign((await accounts.linkIdentity(id, thisPath())).url);
  }));
  list.addEventListener("zoco-unlink", ({ detail: { id, nombre } }) => act(async () => {
    const text = t("identities.remove.text", { name: nombre });
    const confirm = document.querySelector("zoco-confirm");
    if (!(await confirm.ask({ title: "identities.remove.title", text, go: "identities.remove" }))) return;
    await accounts.unlinkIdentity(id);
    await load();
    announce(t("identities.removed"));
    panel.querySelector("h3").focus();
  }));
  return { load };
}
