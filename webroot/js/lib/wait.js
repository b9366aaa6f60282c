import { locale } from "../i18n/i18n.js";

/// How long to wait, as the language says it: 45 -> "45 segundos", 90 -> "2 minutos". Rounded up.
export function formatWait(seconds) {
  const [count, unit] = seconds < 60 ? [Math.max(1, seconds), "second"]
    : seconds < 3600 ? [Math.ceil(seconds / 60), "minute"] : [Math.ceil(seconds / 3600), "hour"];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(count);
}
