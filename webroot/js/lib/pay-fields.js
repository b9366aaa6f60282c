import { hasText, t } from "../i18n/i18n.js";

const kGroup = "medio";

function digits(text) {
  return text.replace(/[\s-]/g, "");
}

/// ISO/IEC 7812: every other digit doubled, the sum of all is a multiple of ten.
function isCard(text) {
  const number = digits(text);
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((all, c, i) => {
    const value = Number(c) * (i % 2 === 1 ? 2 : 1);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/// "MM/AA" of what was typed ("1/30", "01 / 2030", "0130"), or "".
export function expiry(text) {
  const match = /^(\d{1,2})[/.-]?(?:20)?(\d{2})$/.exec(text.replace(/\s/g, ""));
  const month = Number(match?.[1]);
  return match && month >= 1 && month <= 12 ? `${String(month).padStart(2, "0")}/${match[2]}` : "";
}

function isOver(monthAndYear) {
  const [month, year] = monthAndYear.split("/").map(Number);
  return new Date(2000 + year, month, 1) <= new Date();
}

const kCard = [
  { name: "tarjeta", label: "pay.card", hint: "pay.card.test", required: true, missing: "fault.tarjeta", inputmode: "numeric", maxlength: 23,
    autocomplete: "cc-number", check: (text) => (isCard(text) ? "" : "fault.tarjeta") },
  { name: "caducidad", label: "pay.expiry", required: true, missing: "fault.caducidad", inputmode: "numeric", maxlength: 7,
    autocomplete: "cc-exp", isHalf: true,
    check: (text) => (expiry(text) === "" ? "fault.caducidad" : isOver(expiry(text)) ? "fault.caducada" : "") },
  { name: "cvv", label: "pay.cvv", required: true, missing: "fault.cvv", inputmode: "numeric", maxlength: 4, autocomplete: "cc-csc",
    isHalf: true, check: (text) => (/^\d{3,4}$/.test(text) ? "" : "fault.cvv") },
];

/// How to pay, as fields of a form. `chosen`: id of one of the `methods`; only the simulated bank takes the card here.
export function payFields(methods, chosen) {
  const options = methods.map(({ id }) => ({ value: id, text: t(hasText(`pay.method.${id}`) ? `pay.method.${id}` : "pay.method.other") }));
  const choice = { name: kGroup, type: "radio", label: "pay.method", options, required: true };
  const isHere = methods.find(({ id }) => id === chosen)?.conTarjeta;
  return [...(methods.length > 1 ? [choice] : []), ...(isHere ? kCard : [])];
}

/// What a payment is asked with, of a form's values.
export function paymentOf(order, medio, { tarjeta, caducidad, cvv }) {
  const card = tarjeta === undefined ? {} : { tarjeta: digits(tarjeta), caducidad: expiry(caducidad), cvv };
  return { pedido: order, medio, ...card };
}
