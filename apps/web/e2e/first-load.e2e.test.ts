import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { launchChromium } from "@daybook/testkit";
import { expect, test } from "vitest";
import { visit } from "./browser.ts";

const dist = process.env["DAYBOOK_CONSOLE"] ?? join(import.meta.dirname, "../dist");
/** What stands between a reader and the first rows. The aim is 190 kB; what the code is, it stays below this. */
const scriptKbMax = 212;
const styleKbMax = 18;

test("no more is fetched before the first rows than they need, and nothing from anywhere else", async () => {
  const browser = await launchChromium();
  const elsewhere: string[] = [];
  const { page, problems } = await visit(browser, {
    path: "/o/acme/logs/activity",
    prepare: async (each) => {
      each.on("request", (request) => new URL(request.url()).origin !== "http://console.test" && elsewhere.push(request.url()));
      await each.addInitScript(() => {
        const rows = new MutationObserver(() => {
          if (!document.querySelector("[data-event-id]")) return;
          rows.disconnect();
          Object.assign(globalThis, { rowsAt: performance.now() });
        });
        rows.observe(document, { childList: true, subtree: true });
      });
    },
  });
  await page.locator("[data-event-id]").first().waitFor();
  await page.locator("[data-query-bar]").waitFor();
  const paths = await page.evaluate(() => {
    const { rowsAt } = globalThis as unknown as { rowsAt: number };
    return performance
      .getEntriesByType("resource")
      .flatMap(({ name, startTime }) => (startTime < rowsAt && name.includes("/assets/") ? [new URL(name).pathname] : []));
  });
  const weigh = (ending: string) =>
    paths.filter((path) => path.endsWith(ending)).reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0) / 1_000;
  expect(paths.filter((path) => /menu|palette|event-drawer|event-view|histogram-chart|filter-rail|range-p/.test(path))).toEqual([]);
  expect(weigh(".js")).toBeLessThanOrEqual(scriptKbMax);
  expect(weigh(".css")).toBeLessThanOrEqual(styleKbMax);
  expect([elsewhere, problems]).toEqual([[], []]);
  await browser.close();
});
