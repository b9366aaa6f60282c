import { hasText, t } from "../i18n/i18n.js";
import { html } from "./html.js";
import { formatWait } from "./wait.js";

/// What an ApiError says to the visitor: what happened, what to do, when to try again, and our reference where it may be
/// our fault.
export function problemMarkup({ slug, kind, retryAfter, requestId }) {
  const known = hasText(`problem.${slug}`) ? t(`problem.${slug}`) : null;
  const wait = retryAfter === null ? null : t("form.wait", { time: formatWait(retryAfter) });
  const mayBeOurs = !known && ["failed", "refused"].includes(kind);
  return html`<p><b>${known ?? `${t(`error.${kind}`)}.`}</b> ${wait ?? (!known && t(`error.${kind}.text`))}</p>
    ${mayBeOurs && requestId && html`<p class="notice-id">${t("error.id")} <code>${requestId}</code></p>`}`;
}
