/// Money as people write it. Amounts are integers in the currency's minor unit (cents).

/// Digits of the minor unit where they are not two, as the API counts them (ISO 4217). Browsers leave cents away that are
/// no longer in use (COP, HUF, RSD), so that asking them would make a price a hundred times too high.
const kDigits = {
  ...Object.fromEntries(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
    "XOF", "XPF"].map((currency) => [currency, 0])),
  ...Object.fromEntries(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((currency) => [currency, 3])),
};

function decimals(currency) {
  return kDigits[currency] ?? 2;
}

function formatter(language, currency) {
  const digits = decimals(currency);
  return new Intl.NumberFormat(language, {
    style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/// 129900, "EUR" -> "1299,00 €" in Spanish, "€1,299.00" in English.
export function formatMoney({ importe, moneda }, language) {
  return formatter(language, moneda).format(importe / 10 ** decimals(moneda));
}

/// For an input box: 1250 -> "12,5" in Spanish. No sign of the currency, no thousands.
export function formatAmount(minor, currency, language) {
  const digits = decimals(currency);
  return new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: digits }).format(minor / 10 ** digits);
}

/// What a person typed ("12", "12,5", "1.299,00 €", "1,299.00") in minor units; null when it is no amount.
/// The last comma or point followed by one or two digits is the decimal mark, any other one groups thousands.
export function parseAmount(text, currency) {
  const clean = text.replace(/[^\d.,-]/g, "");
  const match = /^(\d[\d.,]*?|)(?:[.,](\d{1,2}))?$/.exec(clean);
  if (!match || !/\d/.test(clean)) return null;
  const units = Number((match[1] || "0").replace(/[.,]/g, ""));
  const minor = Math.round(Number(`${units}.${match[2] ?? 0}`) * 10 ** decimals(currency));
  return Number.isSafeInteger(minor) ? minor : null;
}
