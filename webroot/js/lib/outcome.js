const kOutcomes = [
  "dentro", "enlazado", "denegado", "caducado", "no-disponible", "cuenta-existente", "sin-correo", "ajena", "inactiva",
];

/// What a way to an identity provider came to (?externo=), or null. Taken out of the address: a page that is reloaded or
/// shared has no such news.
export function takeOutcome() {
  const url = new URL(location.href);
  const outcome = url.searchParams.get("externo");
  if (outcome === null) return null;
  url.searchParams.delete("externo");
  history.replaceState(history.state, "", url.pathname + url.search + url.hash);
  return kOutcomes.includes(outcome) ? outcome : null;
}
