import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "./browser.ts";
import { look } from "./look.ts";
import { memberSession } from "./member-session.ts";

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

test("another type of log keeps the range and not the search, and each finds its own again in this tab", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/logs/activity?q=status%3Afailed&range=30d" });
  const types = page.getByRole("navigation", { name: "Log type" });
  const search = () => Object.fromEntries(new URL(page.url()).searchParams);
  await types.getByRole("link", { name: "System" }).click();
  await page.waitForURL(/logs\/system/);
  expect(search()).toEqual({ range: "30d" });
  await page.goto("http://console.test/o/acme/logs/system?q=operation%3Astarted&range=7d");
  await types.getByRole("link", { name: "User activity" }).click();
  await page.waitForURL(/logs\/activity/);
  expect(search()).toEqual({ q: "status:failed", range: "7d" });
  await page.locator("[data-event-id]").first().waitFor();
  await types.getByRole("link", { name: "System" }).click();
  await page.waitForURL(/logs\/system/);
  expect(search()).toEqual({ q: "operation:started", range: "7d" });
  await context.close();
});

const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const noEvents = { events: [], nextCursor: null, completeUntil: "2026-11-20T12:03:11.000Z", lastSeq: 0, searchedTo: null };

test("a member who asks for somebody else is told what their access covers, of a person with events and of none alike, and comes back to their own", async () => {
  const texts: string[] = [];
  for (const [at, actor] of ["alice@company.com", "nobody@nowhere.example"].entries()) {
    const asked: string[] = [];
    const { context, page, problems } = await visit(browser, {
      path: `/o/acme/logs/activity?q=${encodeURIComponent(`status:failed actor:${actor}`)}&range=30d`,
      answer: (path, input) => {
        asked.push(path);
        if (path === "session.me") return answered(memberSession());
        // What the server finds for them: nothing but their own.
        return path === "events.list" && JSON.stringify(input).includes(actor) ? answered(noEvents) : null;
      },
    });
    const panel = page.locator("[data-empty=beyond][data-state=forbidden]");
    await panel.waitFor();
    texts.push((await panel.innerText()).replaceAll(/\s+/g, " "));
    expect(await page.locator("[data-scope]").innerText()).toContain("You see only your own events");
    // No count is asked for that could tell one person from another.
    expect(asked).not.toContain("events.counts");
    if (at === 0) await look(page, "explorer-beyond");
    await panel.getByRole("button", { name: "Show my activity" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("status:failed actor:me");
    expect(new URL(page.url()).searchParams.get("range")).toBe("30d");
    expect(problems).toEqual([]);
    await context.close();
  }
  expect(texts[0]).toContain("Your access covers only your own activity");
  expect(texts[1]).toBe(texts[0]);
});

test("in a team's log, what is about the organization itself is said to stand elsewhere", async () => {
  const { context, page } = await visit(browser, {
    path: `/o/acme/teams/0193bbbb-0000-7000-8000-000000000001/logs/activity?q=action%3Aorganization_variable_created`,
    answer: (path) => (path === "events.list" ? answered(noEvents) : null),
  });
  const panel = page.locator("[data-empty=beyond]");
  await panel.getByRole("heading", { name: "The log of a team does not cover this" }).waitFor();
  await panel.getByRole("button", { name: "Clear the search" }).click();
  await expect.poll(() => new URL(page.url()).search).toBe("");
  await context.close();
});
