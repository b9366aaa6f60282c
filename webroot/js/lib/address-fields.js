import "../i18n/address.js";
import { t } from "../i18n/i18n.js";
import { countries } from "./countries.js";
import { kProvinces } from "./provinces.js";

export const kSpain = "ES";
export const kNoAddress = { pais: kSpain, provincia: "" };

/// What an address is asked for, as fields of a form: in Spain a province of the list, elsewhere whatever it is called there.
export function addressFields(pais) {
  const choices = () => [{ value: "", text: t("address.choose") }, ...kProvinces.map((name) => ({ value: name, text: name, lang: "es" }))];
  const province = pais === kSpain
    ? { name: "provincia", type: "select", label: "address.province", required: true, options: choices(), isHalf: true,
        autocomplete: "address-level1", missing: "fault.provincia" }
    : { name: "provincia", label: "address.region", autocomplete: "address-level1", isHalf: true };
  return [
    { name: "nombre", label: "name", required: true, autocomplete: "name", missing: "address.missing.name" },
    { name: "linea1", label: "address.line1", required: true, autocomplete: "address-line1", missing: "address.missing.line1" },
    { name: "linea2", label: "address.line2", autocomplete: "address-line2" },
    { name: "cp", label: "address.cp", required: true, autocomplete: "postal-code", isHalf: true, missing: "address.missing.cp",
      inputmode: pais === kSpain ? "numeric" : "text" },
    { name: "ciudad", label: "address.city", required: true, autocomplete: "address-level2", isHalf: true,
      missing: "address.missing.city" },
    province,
    { name: "pais", type: "select", label: "address.country", required: true, options: countries(), isHalf: true,
      autocomplete: "country" },
    { name: "telefono", type: "tel", label: "address.phone", autocomplete: "tel" },
  ];
}

/// The address that a form's values make, as the API takes it.
export function addressOf({ nombre, linea1, linea2, cp, ciudad, provincia, pais, telefono }) {
  return { nombre, linea1, linea2: linea2 || null, cp, ciudad, provincia, pais, telefono: telefono || null };
}
