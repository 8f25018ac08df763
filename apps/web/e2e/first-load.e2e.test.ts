import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { launchChromium } from "@daybook/testkit";
import { expect, test } from "vitest";
import { visit } from "./browser.ts";

const dist = process.env["DAYBOOK_CONSOLE"] ?? join(import.meta.dirname, "../dist");
/** What stands between a reader and the first rows, compressed with gzip; 200 is the end of what may ever be agreed to here. */
const scriptKbMax = 190;
const styleKbMax = 18;
/** Frame, explorer and what they share with other pages. */
const scriptsMax = 6;
const pageKbMax = 60;

const kbOf = (path: string): number => gzipSync(readFileSync(join(dist, path))).length / 1_000;

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
  const weigh = (ending: string) => paths.filter((path) => path.endsWith(ending)).reduce((sum, path) => sum + kbOf(path), 0);
  expect(paths.filter((path) => /menu|palette|event-drawer|event-view|histogram-chart|filter-rail|range-p/.test(path))).toEqual([]);
  expect(paths.filter((path) => path.endsWith(".js")).length).toBeLessThanOrEqual(scriptsMax);
  expect(weigh(".js")).toBeLessThanOrEqual(scriptKbMax);
  expect(weigh(".css")).toBeLessThanOrEqual(styleKbMax);
  expect([elsewhere, problems]).toEqual([[], []]);
  await browser.close();
});

test("who is signed in and the code of the log are asked for before the code of the frame has run, and once", async () => {
  const browser = await launchChromium();
  const asked: string[] = [];
  const { page, problems } = await visit(browser, {
    path: "/o/acme/logs/activity",
    prepare: async (each) => {
      let goOn: (() => void) | undefined;
      const early = new Promise<void>((settle) => (goOn = settle));
      each.on("request", (request) => {
        const path = new URL(request.url()).pathname;
        if (/session\.me|assets\/explorer-/.test(path)) asked.push(path.replace(/-.*/, ""));
        if (asked.length === 2) goOn?.();
      });
      // The frame's code comes only when both were asked for.
      await each.route(/\/assets\/index-.*\.js$/, async (route) => {
        await early;
        await route.fallback();
      });
    },
  });
  await page.locator("[data-event-id]").first().waitFor();
  expect([asked.toSorted(), problems]).toEqual([["/assets/explorer", "/trpc/session.me"], []]);
  await browser.close();
});

test("no other part of the console is a file beyond its budget, and each has its compressed forms beside it", () => {
  const files = readdirSync(join(dist, "assets"));
  const scripts = files.filter((file) => file.endsWith(".js") && !file.startsWith("index-"));
  expect(scripts.filter((file) => kbOf(`assets/${file}`) > pageKbMax)).toEqual([]);
  const large = files.filter((file) => /\.(js|css)$/.test(file) && statSync(join(dist, "assets", file)).size >= 1_024);
  expect(large.filter((file) => !files.includes(`${file}.br`) || !files.includes(`${file}.gz`))).toEqual([]);
});
