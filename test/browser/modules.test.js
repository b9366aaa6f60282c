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
