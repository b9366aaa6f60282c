import assert from "node:assert/strict";
import { shopTest } from "./support/shop.js";

/// Calls functions of one module in the page: [[function, arguments, expected], …].
function moduleTest(name, path, cases) {
  shopTest(name, {}, async (page) => {
    await page.goto("/");
    const got = await page.evaluate(async ([url, calls]) => {
      const module = await import(url);
      return calls.map(([called, given]) => module[called](...given));
    }, [path, cases]);
    cases.forEach(([called, given, expected], i) => assert.deepEqual(got[i], expected, `${called}(${JSON.stringify(given)})`));
  });
}

moduleTest("amounts are read as people write them", "/js/lib/money.js", [
  ["parseAmount", ["12", "EUR"], 1200],
  ["parseAmount", ["12,5", "EUR"], 1250],
  ["parseAmount", ["12.50", "EUR"], 1250],
  ["parseAmount", ["1.299", "EUR"], 129900],
  ["parseAmount", ["1.299,05 €", "EUR"], 129905],
  ["parseAmount", ["€1,299.05", "EUR"], 129905],
  ["parseAmount", [",5", "EUR"], 50],
  ["parseAmount", ["0,29", "EUR"], 29],
  ["parseAmount", ["", "EUR"], null],
  ["parseAmount", ["-3", "EUR"], null],
  ["parseAmount", ["barato", "EUR"], null],
  ["parseAmount", ["9".repeat(30), "EUR"], null],
]);

moduleTest("amounts are written as the language does", "/js/lib/money.js", [
  ["formatMoney", [{ importe: 129900, moneda: "EUR" }, "es-ES"], "1299,00\u00a0€"],
  ["formatMoney", [{ importe: 129900, moneda: "EUR" }, "en-GB"], "€1,299.00"],
  ["formatMoney", [{ importe: 500, moneda: "JPY" }, "en-GB"], "JP¥500"],
  ["formatMoney", [{ importe: 129900, moneda: "COP" }, "en-GB"], "COP\u00a01,299.00"],
  ["formatMoney", [{ importe: 12500, moneda: "IQD" }, "en-GB"], "IQD\u00a012.500"],
  ["formatAmount", [1250, "EUR", "es-ES"], "12,5"],
]);

moduleTest("initials leave small words out", "/js/lib/initials.js", [
  ["initials", ["Aceite de oliva virgen"], "AO"],
  ["initials", ["ñoras"], "Ñ"],
  ["initials", ["de la"], "DL"],
  ["initials", ["6 RIBBONS RUSTIC CHARM"], "RR"],
  ["initials", ["3 x 4"], "X"],
  ["initials", ["7"], "7"],
  ["initials", ["***"], "·"],
  ["isShouting", ["ROBOT PENCIL SHARPNER"], true],
  ["isShouting", ["Té"], false],
]);

moduleTest("lists have addresses, and addresses lists", "/js/lib/query.js", [
  ["listUrl", [{}], "/productos"],
  ["listUrl", [{ q: "té & café", orden: "nombre", precio_min: 0 }], "/productos?q=t%C3%A9+%26+caf%C3%A9&precio_min=0"],
  ["parseQuery", ["?q=%20t%C3%A9%20&orden=-precio&precio_min=100&precio_max=x"],
    { q: "té", categoria: "", orden: "-precio", precio_min: 100, precio_max: null }],
  ["searchedText", [" uno dos\u00a0tres  4 5 6 7 8 9 diez "], "uno dos tres 4 5 6 7 8"],
  ["searchedText", ["日".repeat(200)], "日".repeat(133)],
  ["parseQuery", ["?precio_min=900&precio_max=100"], { q: "", categoria: "", orden: "nombre", precio_min: 100, precio_max: 900 }],
]);

moduleTest("what html`` puts into a page is text", "/js/lib/html.js", [
  ["escape", [`<a href="x" title='y'>&\``], "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&#96;"],
]);

const kElsewhere = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
  "/\t/evil.example", "\n//evil.example", " //evil.example", "evil", "", null, "/\u0000", "data:text/html,x", "http:/cuenta", "/..//evil.example"];

moduleTest("after logging in one goes only to pages of the shop", "/js/lib/own-path.js", [
  ["ownPath", ["/productos?q=t%C3%A9#x", "/"], "/productos?q=t%C3%A9#x"],
  ["ownPath", ["/cuenta#direcciones", "/"], "/cuenta#direcciones"],
  ...kElsewhere.map((text) => ["ownPath", [text, "/cuenta"], "/cuenta"]),
  ["loginUrl", ["/cuenta#sesiones"], "/acceso?volver=%2Fcuenta%23sesiones"],
  ["loginUrl", ["/x?a=b", { step: "confirmar" }], "/acceso?paso=confirmar&volver=%2Fx%3Fa%3Db"],
]);

moduleTest("waiting is told in words, never too short", "/js/lib/wait.js", [
  ["formatWait", [0], "1 segundo"],
  ["formatWait", [59], "59 segundos"],
  ["formatWait", [61], "2 minutos"],
  ["formatWait", [3601], "2 horas"],
]);

moduleTest("a post code tells its province", "/js/lib/provinces.js", [
  ["provinceOf", ["01001"], "Álava"],
  ["provinceOf", ["28901"], "Madrid"],
  ["provinceOf", ["52006"], "Melilla"],
  ["provinceOf", ["00100"], ""],
  ["provinceOf", ["53000"], ""],
  ["provinceOf", ["2800"], ""],
]);

moduleTest("browsers are told by name", "/js/lib/device.js", [
  ["describeDevice", ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"],
    { browser: "Chrome", system: "Linux" }],
  ["describeDevice", ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0"],
    { browser: "Edge", system: "Windows" }],
  ["describeDevice", ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"],
    { browser: "Safari", system: "iOS" }],
  ["describeDevice", ["curl/8.0"], { browser: "curl", system: "" }],
  ["describeDevice", ["\u0000?"], null],
  ["describeDevice", [""], null],
]);
