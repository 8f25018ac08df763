import { launchChromium } from "@daybook/testkit";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeState } from "../src/testing/fake-server.ts";
import { visit, type Visit } from "./browser.ts";
import { violations } from "./look.ts";

const logs = "/o/acme/logs/activity";
const newestId = "01930000-0000-7000-8000-000000000420";
const nobody = { signedIn: false, setupNeeded: true };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const screens: (Omit<Visit, "theme" | "width"> & { name: string })[] = [
  { name: "setup", path: "/setup?token=abc", state: nobody },
  { name: "sign-in", path: "/sign-in", state: { signedIn: false } },
  { name: "logs", path: logs },
  { name: "system logs", path: "/o/acme/logs/system" },
  { name: "filtered logs", path: `${logs}?status=failed&status=success&q=sales&range=30d` },
  { name: "empty logs", path: logs, state: { events: [] } },
  { name: "failing logs", path: logs, answer: (path) => (path.startsWith("events.") ? { status: 500, body: "{}" } : null) },
  { name: "event drawer", path: `${logs}?event=${newestId}` },
  { name: "changes", path: `${logs}?event=${newestId}&tab=changes` },
  { name: "event page", path: `/o/acme/events/${newestId}?tab=raw` },
  { name: "incidents", path: "/o/acme/incidents" },
  { name: "alerts", path: "/o/acme/alerts" },
  { name: "integrations", path: "/o/acme/integrations" },
  { name: "reports", path: "/o/acme/reports" },
  { name: "mailbox", path: "/o/acme/mailbox?mail=m_1" },
  { name: "retention", path: "/o/acme/retention" },
  { name: "tokens", path: "/o/acme/settings/tokens" },
];
const looks = [
  { theme: "light", width: 1440 },
  { theme: "dark", width: 1440 },
  { theme: "light", width: 390 },
] as const;

test.each(screens)("$name: no accessibility violation, nothing the browser complains of, no sideways scroll", async (screen) => {
  for (const look of looks) {
    const { context, page, problems } = await visit(browser, { ...screen, ...look });
    await page.waitForSelector("h1");
    await page.waitForFunction(() => !document.querySelector("[data-state=loading]"));
    expect(await violations(page), `${look.theme} ${look.width}`).toEqual([]);
    expect(problems.filter((problem) => !problem.includes("status of 500"))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await context.close();
  }
});

test("rows stay while the histogram fails, and the histogram while the rows fail", async () => {
  for (const [broken, other] of [
    ["events.histogram", "events"],
    ["events.list", "histogram"],
  ] as const) {
    const { context, page } = await visit(browser, { path: logs, answer: (path) => (path === broken ? { status: 500, body: "{}" } : null) });
    await page.waitForSelector(`[data-panel=${other}][data-state=ready]`);
    await page.getByRole("button", { name: "Retry" }).first().waitFor();
    await context.close();
  }
});

test("the keyboard walks the list, opens an event, walks on in the drawer, and Escape gives the row its focus back", async () => {
  const { context, page } = await visit(browser, { path: logs });
  const [, second, third] = fakeState().events.filter(({ log_type }) => log_type === "activity");
  await page.waitForSelector("[data-event-id]");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`[data-open-event="${second?.id}"]`);
  await page.keyboard.press("j");
  await page.waitForSelector(`[data-open-event="${third?.id}"][data-state=ready]`);
  expect(new URL(page.url()).searchParams.get("event")).toBe(third?.id);
  await page.keyboard.press("Escape");
  await page.waitForFunction((id) => document.activeElement?.getAttribute("data-event-id") === id, third?.id);
  expect(new URL(page.url()).search).toBe("");
  await context.close();
});

test("scrolling reaches every event once and tells a screen reader how many there are", async () => {
  const { context, page } = await visit(browser, { path: logs });
  const grid = page.getByRole("grid");
  const count = fakeState().events.filter(({ log_type }) => log_type === "activity").length;
  await page.waitForSelector("[data-panel=events][data-state=ready]");
  await expect.poll(() => grid.getAttribute("aria-rowcount")).toBe(String(count + 1));
  const seen = new Map<string, string>();
  for (let turn = 0; turn < 60 && seen.size < count; turn += 1) {
    const rows = await page
      .locator("[data-event-id]")
      .evaluateAll((found) => found.map((row) => [row.getAttribute("data-event-id") ?? "", row.getAttribute("aria-rowindex") ?? ""] as const));
    for (const [id, index] of rows) seen.set(id, index);
    await page.locator("[data-scroller]").evaluate((element) => element.scrollBy(0, 400));
    await page.waitForTimeout(40);
  }
  expect(seen.size).toBe(count);
  expect(new Set(seen.values()).size).toBe(count);
  await context.close();
});

test("a filter, a zoom and an event are steps that Back undoes one by one and Forward redoes", async () => {
  const { context, page } = await visit(browser, { path: logs });
  await page.waitForSelector("[data-panel=events][data-state=ready]");
  await page.getByRole("checkbox", { name: "Failed" }).click();
  await page.waitForURL(/status=failed/);
  const chart = page.getByRole("slider");
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForURL(/from=.*to=/);
  await page.getByRole("button", { name: "Reset zoom" }).waitFor();
  await page.locator("[data-event-id]").first().click();
  await page.waitForURL(/event=/);
  for (const gone of ["event", "from", "status"]) {
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.has(gone)).toBe(false);
  }
  await page.goForward();
  await page.getByRole("listitem").filter({ hasText: "Status: Failed" }).waitFor();
  await context.close();
});

test("what a link got wrong is named and left out, and the page works", async () => {
  const { context, page } = await visit(browser, { path: `${logs}?status=foo&q=sales` });
  await page.getByText("Ignored `status=foo` in the link.").waitFor();
  await page.waitForSelector("[data-panel=events][data-state=ready]");
  expect(new URL(page.url()).search).toBe("?q=sales");
  await context.close();
});

test.each(["incidents?state=foo", "mailbox?mail=a&mail=b", "alerts?x=1", `events/${newestId}?tab=foo`])("%s is no blank page", async (path) => {
  const { context, page, problems } = await visit(browser, { path: `/o/acme/${path}` });
  await page.waitForFunction(() => document.querySelector("main [data-state=ready]"));
  expect(problems).toEqual([]);
  await context.close();
});

test("a signed-out visitor is sent to sign in and comes back to the same view", async () => {
  const { context, page } = await visit(browser, { path: `${logs}?q=sales`, state: { signedIn: false } });
  await page.getByLabel("E-mail").fill("alice@company.com");
  expect(new URL(page.url()).searchParams.get("next")).toBe(`${logs}?q=sales`);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").filter({ hasText: "do not belong together" }).waitFor();
  await context.close();
});
