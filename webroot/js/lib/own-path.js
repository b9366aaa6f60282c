/// Where to go after logging in, from an address that anybody may have written: only paths of this shop, never another
/// site nor a script. What is none of ours becomes `otherwise`.
export function ownPath(text, otherwise) {
  const isPath = typeof text === "string" && /^\/(?![/\\])/.test(text);
  if (!isPath || /[\p{Cc}\\]/u.test(text)) return otherwise;
  const url = new URL(text, location.origin);
  const isOurs = url.origin === location.origin && !url.pathname.startsWith("//"); // as "/..//elsewhere" becomes
  return isOurs ? url.pathname + url.search + url.hash : otherwise;
}

/// The login page's address, which leads back to `path` afterwards. `step`: only confirms who is logged in already.
export function loginUrl(path, { step = "" } = {}) {
  const params = new URLSearchParams({ ...(step && { paso: step }), volver: path });
  return `/acceso?${params}`;
}

/// This page, as a path.
export function thisPath() {
  return location.pathname + location.search + location.hash;
}
