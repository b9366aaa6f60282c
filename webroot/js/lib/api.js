/// The shop's HTTP API as the pages use it. Nothing else calls `fetch`.

const kTimeoutMs = 15000;

/// What went wrong. `kind` says what to tell the shopper:
/// "offline" (no network here), "unreachable" (no answer), "timeout", "missing" (404), "refused" (other 4xx), "failed" (5xx).
/// `requestId` is empty when no answer came.
export class ApiError extends Error {
  constructor(kind, { status = 0, title = "", requestId = "" } = {}) {
    super(title || kind);
    this.name = "ApiError";
    this.kind = kind;
    this.status = status;
    this.requestId = requestId;
  }
}

function kindOf(status) {
  if (status === 404) return "missing";
  return status < 500 ? "refused" : "failed";
}

async function problemOf(response) {
  const problem = await response.json().catch(() => ({}));
  return new ApiError(kindOf(response.status), {
    status: response.status,
    title: problem.title,
    requestId: problem.request_id ?? response.headers.get("X-Request-Id") ?? "",
  });
}

function networkError(error) {
  if (error.name === "TimeoutError") return new ApiError("timeout");
  return new ApiError(navigator.onLine ? "unreachable" : "offline");
}

/// GET as JSON. Throws ApiError, or AbortError when `signal` gave it up.
async function get(path, params = {}, signal = undefined) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(given).toString();
  const timeout = AbortSignal.timeout(kTimeoutMs);
  try {
    const response = await fetch(query ? `${path}?${query}` : path, {
      headers: { Accept: "application/json" },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!response.ok) throw await problemOf(response);
    return await response.json();
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    if (error instanceof SyntaxError) throw new ApiError("failed");
    throw networkError(error);
  }
}

/// One page of the list: {productos, facetas, total, siguiente}. Prices in minor units.
export function products(query, signal) {
  return get("/Catalogo/productos", query, signal);
}

/// One product by id or sku, with description, pictures, stock and attributes.
export function product(idOrSku, signal) {
  return get(`/Catalogo/productos/${encodeURIComponent(idOrSku)}`, {}, signal);
}

/// {categorias: [{id, nombre, productos, imagen}]}
export function categories(signal) {
  return get("/Catalogo/categorias", {}, signal);
}
