/// What the list shows, as it stands in the page's address; names and meaning are those of the API.

export const kOrders = ["nombre", "precio", "-precio", "novedad"];
export const kDefaultOrder = "nombre";
const kLongestText = 200;

const kMostWords = 8;
const kMostBytes = 400;

/// What of a search the API takes: a pasted name may be longer, and its first words find it as well.
export function searchedText(q) {
  let text = q.trim().split(/\s+/).slice(0, kMostWords).join(" ");
  const bytes = (part) => new TextEncoder().encode(part).length;
  while (bytes(text) > kMostBytes) text = [...text].slice(0, -1).join("");
  return text;
}

function amount(text) {
  return /^\d{1,12}$/.test(text ?? "") ? Number(text) : null;
}

/// Reads "?q=…"; what makes no sense is left out rather than sent on.
export function parseQuery(search) {
  const params = new URLSearchParams(search);
  const orden = params.get("orden") ?? "";
  const [precio_min, precio_max] = inOrder(amount(params.get("precio_min")), amount(params.get("precio_max")));
  return {
    q: (params.get("q") ?? "").trim().slice(0, kLongestText),
    categoria: params.get("categoria") ?? "",
    orden: kOrders.includes(orden) ? orden : kDefaultOrder,
    precio_min,
    precio_max,
  };
}

/// Two prices, the lower first; null is no limit.
export function inOrder(min, max) {
  return min !== null && max !== null && min > max ? [max, min] : [min, max];
}

/// The address of a list: listUrl({q: "té"}) -> "/productos?q=t%C3%A9". What is as usual is not written.
export function listUrl(query = {}) {
  const isTelling = ([name, value]) => (value ?? "") !== "" && !(name === "orden" && value === kDefaultOrder);
  const given = Object.entries(query).filter(isTelling);
  const search = new URLSearchParams(given).toString();
  return search ? `/productos?${search}` : "/productos";
}

export function productUrl(product) {
  return `/producto?id=${encodeURIComponent(product.id)}`;
}

/// Whether anything narrows the list (the order does not).
export function isNarrowed(query) {
  return Boolean(query.q || query.categoria || query.precio_min !== null || query.precio_max !== null);
}
