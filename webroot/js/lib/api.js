/// The shop's HTTP API as the pages use it. Nothing else calls `fetch`. What accounts ask is in account-api.js.

import { language } from "../i18n/i18n.js";

const kTimeoutMs = 15000;
const kKinds = { 401: "login", 404: "missing", 429: "many" };

/// What went wrong. `kind` says what to tell the shopper:
/// "offline" (no network here), "unreachable" (no answer), "timeout", "login" (401), "missing" (404), "many" (429),
/// "refused" (other 4xx), "failed" (5xx). `slug` is the last word of the problem's type, `fields` what it says of single
/// fields ([{puntero, detalle}]), `retryAfter` seconds or null. `requestId` is empty when no answer came.
export class ApiError extends Error {
  constructor(kind, { status = 0, title = "", slug = "", fields = [], retryAfter = null, requestId = "" } = {}) {
    super(title || kind);
    this.name = "ApiError";
    Object.assign(this, { kind, status, slug, fields, retryAfter, requestId });
  }
}

function kindOf(status) {
  return kKinds[status] ?? (status < 500 ? "refused" : "failed");
}

async function problemOf(response) {
  const problem = (await response.json().catch(() => null)) ?? {};
  const seconds = response.headers.get("Retry-After") ?? "";
  return new ApiError(kindOf(response.status), {
    status: response.status,
    title: problem.title,
    slug: String(problem.type ?? "").split(/[:/]/).pop(),
    fields: Array.isArray(problem.errores) ? problem.errores : [],
    retryAfter: /^\d+$/.test(seconds) ? Number(seconds) : null,
    requestId: problem.request_id ?? response.headers.get("X-Request-Id") ?? "",
  });
}

function networkError(error) {
  if (error.name === "TimeoutError") return new ApiError("timeout");
  return new ApiError(navigator.onLine ? "unreachable" : "offline");
}

function address(path, params) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

async function answer(path, { read, signal, timeoutMs = kTimeoutMs, ...init }) {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(path, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
    if (!response.ok) throw await problemOf(response);
    return await read(response);
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    if (error instanceof SyntaxError) throw new ApiError("failed");
    throw networkError(error);
  }
}

function headers(accept) {
  return { Accept: accept, "Accept-Language": language() };
}

/// GET as JSON. `extra`: more headers. Throws ApiError, or AbortError when `signal` gave it up.
export function get(path, params = {}, signal = undefined, extra = {}) {
  return answer(address(path, params), {
    headers: { ...headers("application/json"), ...extra }, signal, read: (response) => response.json(),
  });
}

/// POST, PUT, PATCH or DELETE, with `body` as JSON; the answer's JSON, or null when it has none. `extra`: more headers;
/// `timeoutMs`: how long an answer may take. Throws as get().
export function send(method, path, body = undefined, { extra = {}, timeoutMs = undefined } = {}) {
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  return answer(path, {
    method,
    timeoutMs,
    headers: { ...headers("application/json"), ...type, ...extra },
    body: body === undefined ? undefined : JSON.stringify(body),
    read: async (response) => {
      const text = await response.text();
      return text ? JSON.parse(text) : null;
    },
  });
}

/// A file to keep: {blob, name}; by GET, or by POST with `body` as JSON. `extra`: more headers. Throws as get().
export function download(path, body = undefined, extra = {}) {
  const post = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return answer(path, {
    ...post,
    headers: { ...headers("*/*"), ...(body !== undefined && { "Content-Type": "application/json" }), ...extra },
    read: async (response) => {
      const [, name = ""] = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "") ?? [];
      return { blob: await response.blob(), name };
    },
  });
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
