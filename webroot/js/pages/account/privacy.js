import { onLanguage, t } from "../../i18n/i18n.js";
import { setAccount } from "../../lib/account.js";
import * as accounts from "../../lib/account-api.js";
import { announce } from "../../lib/announce.js";
import { keepFile } from "../../lib/keep-file.js";
import { formatMoment } from "../../lib/time.js";
import { showState } from "../account-common.js";

const kNews = "novedades";
const kNewsVersion = "2026-11"; // of the text privacy.consent.novedades: a new one when its meaning changes

/// What somebody agreed to, a copy of their data, and the end of the account.
export function part(section, { fail }) {
  const news = section.querySelector("#novedades");
  const since = section.querySelector("#novedades-desde");
  const confirm = document.querySelector("zoco-confirm");
  let consent = null;

  const showConsent = () => {
    news.checked = Boolean(consent?.otorgado);
    const key = consent?.otorgado ? "privacy.consent.since" : "privacy.consent.not-since";
    since.textContent = consent ? t(key, { time: formatMoment(consent.momento) }) : "";
  };
  const load = async () => {
    consent = (await accounts.consents()).consentimientos.find(({ asunto }) => asunto === kNews) ?? null;
    showConsent();
  };
  const act = async (control, action) => {
    if (control.getAttribute("aria-disabled") === "true") return;
    control.setAttribute("aria-disabled", "true");
    fail(null);
    try {
      await action();
    } catch (error) {
      fail(error);
      showConsent();
    }
    control.removeAttribute("aria-disabled");
  };
  const onPress = (selector, action) => {
    const button = section.querySelector(selector);
    button.addEventListener("click", () => act(button, action));
  };

  news.addEventListener("change", () => act(news, async () => {
    await accounts.changeConsent(kNews, kNewsVersion, news.checked);
    await load();
    announce(t("form.saved"));
  }));
  onPress("#datos-descargar", async () => {
    const { blob, name } = await accounts.downloadData();
    keepFile(blob, name || t("privacy.data.file"));
    announce(t("privacy.data.done"));
  });
  onPress("#cuenta-borrar", async () => {
    const text = `${t("privacy.delete.text")} ${t("privacy.delete.warning")}`;
    if (!(await confirm.ask({ title: "privacy.delete.title", text, go: "privacy.delete.go" }))) return;
    await accounts.deleteAccount();
    document.body.dataset.left = "yes";
    setAccount(null);
    showState("deleted");
  });
  onLanguage(showConsent);
  return { load };
}
