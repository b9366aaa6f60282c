import { kLanguages, onLanguage, t } from "../../i18n/i18n.js";
import { accountState, setAccount } from "../../lib/account.js";
import * as accounts from "../../lib/account-api.js";
import { onSubmit } from "../../lib/submit.js";

const kNames = { es: "Español", en: "English" };

const kData = {
  submit: "form.save",
  fields: [
    { name: "nombre", label: "name", required: true, missing: "register.missing.name", autocomplete: "name" },
    { name: "telefono", type: "tel", label: "data.phone", hint: "data.phone.hint", autocomplete: "tel", isHalf: true },
    { name: "nif", label: "data.nif", hint: "data.nif.hint", isHalf: true },
    { name: "idioma", type: "select", label: "data.language", required: true,
      options: kLanguages.map((code) => ({ value: code, text: kNames[code], lang: code })) },
  ],
};

const kEmail = {
  submit: "data.email.go",
  fields: [
    { name: "correo", type: "email", label: "data.email.new", hint: "data.email.hint", required: true,
      missing: "email.missing", autocomplete: "email" },
  ],
};

/// Name, phone, tax number, language, and the change of address.
export function part(section, { guard }) {
  const data = section.querySelector("#datos-formulario");
  const email = section.querySelector("#correo-formulario");
  const now = section.querySelector("#correo-ahora");
  const showEmail = () => { now.textContent = t("data.email.now", { email: accountState().account?.correo ?? "" }); };

  data.shape = kData;
  data.values = shown(accountState().account);
  onSubmit(data, async (values) => {
    const account = await accounts.changeAccount({ ...values, telefono: values.telefono || null, nif: values.nif || null });
    setAccount(account);
    data.values = shown(account);
    data.done = "form.saved";
  }, guard);

  email.shape = kEmail;
  onSubmit(email, async ({ correo }) => {
    await accounts.changeEmail(correo);
    email.values = {};
    email.done = "data.email.done";
  }, guard);
  onLanguage(showEmail);
  showEmail();
  return {};
}

function shown({ nombre, telefono, nif, idioma }) {
  return { nombre, telefono: telefono ?? "", nif: nif ?? "", idioma };
}
