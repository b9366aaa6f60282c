import "../../components/zoco-uses.js";
import { onLanguage, t } from "../../i18n/i18n.js";
import { setAccount } from "../../lib/account.js";
import * as accounts from "../../lib/account-api.js";
import { announce } from "../../lib/announce.js";
import { kVersions } from "../../lib/consents.js";
import { html, render } from "../../lib/html.js";
import { keepFile } from "../../lib/keep-file.js";
import { formatMoment } from "../../lib/time.js";
import { showState } from "../account-common.js";

const kNews = "novedades";
const kAgreed = ["condiciones", "privacidad"];

/// What somebody agreed to, a copy of their data, and the end of the account.
export function part(section, { fail }) {
  const news = section.querySelector("#novedades");
  const since = section.querySelector("#novedades-desde");
  const confirm = document.querySelector("zoco-confirm");
  const uses = section.querySelector("zoco-uses");
  const agreed = section.querySelector("#aceptado");
  let consent = null;
  let texts = [];

  const showConsent = () => {
    news.checked = Boolean(consent?.otorgado);
    const key = consent?.otorgado ? "privacy.consent.since" : "privacy.consent.not-since";
    since.textContent = consent ? t(key, { time: formatMoment(consent.momento) }) : "";
    render(agreed, html`${texts.map(({ asunto, version, momento }) =>
      html`<li>${t(`privacy.agreed.${asunto}`, { version, time: formatMoment(momento) })}</li>`)}`);
  };
  const loadConsents = async () => {
    const latest = (list, name) => list.find(({ asunto }) => asunto === name) ?? null;
    const { consentimientos } = await accounts.consents();
    consent = latest(consentimientos, kNews);
    texts = kAgreed.map((name) => latest(consentimientos, name)).filter((one) => one?.otorgado);
    showConsent();
  };
  const loadUses = async () => { uses.uses = (await accounts.uses()).tratamientos; };
  const load = () => Promise.all([loadUses(), loadConsents()]);
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
    await accounts.changeConsent(kNews, kVersions[kNews], news.checked);
    await loadConsents();
    announce(t("form.saved"));
  }));
  onPress("#datos-descargar", async () => {
    const { blob, name } = await accounts.downloadData();
    keepFile(blob, name || t("privacy.data.file"));
    announce(t("privacy.data.done"));
  });
  onPress("#cuenta-borrar", async () => {
    if (!(await confirm.ask({ title: "privacy.delete.title", text: t("privacy.delete.warning"), go: "privacy.delete.go" }))) return;
    await accounts.deleteAccount();
    document.body.dataset.left = "yes";
    setAccount(null);
    showState("deleted");
  });
  onLanguage(() => {
    showConsent();
    loadUses().catch(fail);
  });
  return { load };
}
