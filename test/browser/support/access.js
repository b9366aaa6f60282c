/// What WCAG asks and a program can see.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const kAxe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const kRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const kDesktop = { width: 1280, height: 900 };

export const kPhone = { width: 360, height: 740 };

/// What axe finds on the page as it is.
export async function violations(page) {
  await page.evaluate(kAxe);
  const { violations: found } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), kRules);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/// In every dress: light and dark, phone and desktop.
export async function violationsInAll(page) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const viewport of [kPhone, kDesktop]) {
      await page.setViewportSize(viewport);
      for (const violation of await violations(page)) found.push(`${colorScheme} ${viewport.width} ${violation}`);
    }
  }
  return found;
}

/// Where the page has to be scrolled sideways: with letters as they are and twice as large.
/// 320 is 400 % zoom on a wide screen, 640 is 200 %.
export async function sidewaysScrolls(page) {
  const found = [];
  for (const letters of ["100%", "200%"]) {
    await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, letters);
    for (const width of letters === "100%" ? [320, 360, 640] : [360, 1280]) {
      await page.setViewportSize({ width, height: 640 });
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (excess > 0) found.push(`${excess} px with letters of ${letters} at ${width}`);
    }
  }
  await page.evaluate(() => { document.documentElement.style.fontSize = ""; });
  return found;
}
