import "../../components/zoco-addresses.js";
import { onLanguage, t } from "../../i18n/i18n.js";
import * as accounts from "../../lib/account-api.js";
import { addressFields, addressOf, kNoAddress, kSpain } from "../../lib/address-fields.js";
import { announce } from "../../lib/announce.js";
import { provinceOf } from "../../lib/provinces.js";
import { onSubmit } from "../../lib/submit.js";
import { setText } from "../account-common.js";

const shapeFor = (pais) => ({ submit: "form.save", cancel: "form.cancel", fields: addressFields(pais) });

/// The saved addresses; one at a time is written or changed in their place.
export function part(section, { guard, fail }) {
  const list = section.querySelector("zoco-addresses");
  const add = section.querySelector("#direccion-nueva");
  const editor = section.querySelector("#direccion-editor");
  const form = section.querySelector("zoco-form");
  const confirm = document.querySelector("zoco-confirm");
  let edited = null;

  const load = async () => { list.addresses = (await accounts.addresses()).direcciones; };
  const showEditor = (isShown) => {
    editor.hidden = !isShown;
    list.hidden = isShown;
    add.parentElement.hidden = isShown;
  };
  const edit = (address) => {
    edited = address;
    form.shape = shapeFor(address?.pais ?? kSpain);
    form.values = address ?? kNoAddress;
    setText(editor.querySelector("h3"), address ? "address.edit.title" : "address.new.title");
    showEditor(true);
    editor.querySelector("h3").focus();
  };
  const close = () => {
    const back = edited && section.querySelector(`[data-focus="zoco-edit-${CSS.escape(edited.id)}"]`);
    showEditor(false);
    (back ?? add).focus();
  };

  add.addEventListener("click", () => edit(null));
  list.addEventListener("zoco-edit", (event) => edit(event.detail));
  list.addEventListener("zoco-remove", async ({ detail: { id, nombre, linea1 } }) => {
    if (!(await confirm.ask({ title: "address.remove.title", text: `${nombre}, ${linea1}`, go: "address.remove" }))) return;
    fail(null);
    try {
      await accounts.removeAddress(id);
      await load();
      announce(t("address.removed"));
      section.querySelector("h2").focus();
    } catch (error) {
      fail(error);
    }
  });
  form.addEventListener("zoco-cancel", close);
  form.addEventListener("zoco-field", ({ detail: { name, value } }) => {
    if (name === "pais") form.shape = shapeFor(value);
    const { pais, provincia } = form.values;
    if (name === "cp" && pais === kSpain && provincia === "") form.put("provincia", provinceOf(value));
  });
  onLanguage(() => { if (!editor.hidden) form.shape = shapeFor(form.values.pais); });
  onSubmit(form, async (values) => {
    const address = addressOf(values);
    if (edited) await accounts.changeAddress(edited.id, address);
    else await accounts.addAddress(address);
    await load();
    close();
    announce(t("address.saved"));
  }, guard);
  return { load };
}
