import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "./browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const main = (page: Page, label: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: label }).click();
const tab = (page: Page, area: string, label: string) => page.getByRole("navigation", { name: area }).getByRole("link", { name: label, exact: true }).click();

const doors: [string, RegExp, (page: Page) => Promise<void>][] = [
  [
    "the account menu",
    /\/o\/acme\/logs\/system$/,
    async (page) => {
      await page.getByRole("button", { name: /Account menu/ }).click();
      await page.getByRole("menuitem", { name: "Logs" }).click();
      const item = page.getByRole("menuitem", { name: "System" });
      await item.waitFor();
      const box = await item.boundingBox();
      // As a hand moves: a pointer that jumps is taken to have left the menu.
      if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 12 });
      await page.mouse.down();
      await page.mouse.up();
    },
  ],
  ["the sidebar", /\/o\/acme\/logs\/activity$/, (page) => main(page, "Activity logs")],
  [
    "the organization",
    /\/organization\/audit-logs\/activity$/,
    async (page) => {
      await main(page, "Organization");
      await tab(page, "Organization", "Audit logs");
    },
  ],
  [
    "a team",
    /\/teams\/[^/]+\/logs\/activity$/,
    async (page) => {
      await main(page, "Organization");
      await tab(page, "Organization", "Teams");
      await page.getByRole("main").getByRole("link", { name: "Finance" }).first().click();
      await page.getByRole("navigation", { name: /Team/ }).getByRole("link", { name: "Audit logs" }).click();
    },
  ],
  [
    "the settings",
    /\/o\/acme\/logs\/activity$/,
    async (page) => {
      await main(page, "Settings");
      await tab(page, "Settings", "Audit log");
    },
  ],
];

test.each(doors)("%s leads to the explorer by clicks alone", async (_, where, walk) => {
  const { context, page, problems } = await visit(browser, { path: "/o/acme/preferences" });
  await walk(page);
  await page.waitForURL(where);
  await page.locator("[data-event-id]").first().waitFor();
  // The fake has not every setting that is passed on the way.
  expect(problems.filter((problem) => !problem.includes("status of 500"))).toEqual([]);
  await context.close();
});

test("the settings tell whoever holds a token where the interface is described", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/settings/tokens" });
  await page.locator('a[href="/docs/api"]').first().waitFor();
  await context.close();
});

test("another type of log keeps the range and leaves the search behind", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/logs/activity?q=status%3Afailed&range=30d" });
  await page.getByRole("navigation", { name: "Log type" }).getByRole("link", { name: "System" }).click();
  await page.waitForURL(/logs\/system/);
  expect(new URL(page.url()).search).toBe("?range=30d");
  await context.close();
});
