/// What a page makes the browser fetch.

export const kMostBytes = 120 * 1024;

/// While `visit` opens a page: the modules that it names in advance, those that its script uses, and those that came.
export async function modulesOf(page, visit) {
  const loaded = new Set();
  const note = (response) => {
    if (response.request().resourceType() === "script") loaded.add(new URL(response.url()).pathname);
  };
  page.on("response", note);
  await visit();
  const used = await page.evaluate(moduleGraph);
  const named = await page.locator("link[rel=modulepreload], script[src]")
    .evaluateAll((all) => all.map((element) => element.getAttribute("href") ?? element.getAttribute("src")));
  page.off("response", note);
  return { named: named.sort(), used: used.sort(), loaded: [...loaded].sort() };
}

/// How many bytes of the shop's own (not of its API) come while `visit` opens a page.
export async function bytesOf(page, visit) {
  const own = [];
  const note = (request) => {
    if (!/^\/(Catalogo|Usuarios|Pedidos|Pagos)\b/.test(new URL(request.url()).pathname)) own.push(request);
  };
  page.on("requestfinished", note);
  await visit();
  page.off("requestfinished", note);
  const sizes = await Promise.all(own.map((request) => request.sizes()));
  return sizes.reduce((sum, size) => sum + size.responseBodySize, 0);
}

/// In the page: every module reachable from its script, read from the sources' import lines.
async function moduleGraph() {
  const seen = new Set();
  const visit = async (url) => {
    if (seen.has(url)) return;
    seen.add(url);
    const source = await (await fetch(url)).text();
    const imports = [...source.matchAll(/^import\s+(?:[^"]*?from\s+)?"([^"]+)"/gm)];
    await Promise.all(imports.map(([, path]) => visit(new URL(path, new URL(url, location.href)).pathname)));
  };
  await visit(document.querySelector("script[type=module]").getAttribute("src"));
  return [...seen].sort();
}
