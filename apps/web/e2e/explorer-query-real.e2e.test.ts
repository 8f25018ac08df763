import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { startDaybook, type RunningDaybook } from "./start-daybook.ts";
import { setUp } from "./set-up.ts";

/** The same searches against the product itself: its parser, its database, its counts. */
const minuteMs = 60_000;
const openedWindowMs = 10 * minuteMs;
let daybook: RunningDaybook;
let browser: Browser;
let page: Page;
let complaints: string[] = [];
let logs: string;

const alice = { type: "user", id: "alice@company.com", name: "Alice Chen", email: "alice@company.com" };
const bob = { type: "user", id: "bob@company.com", name: "Bob Okafor", email: "bob@company.com" };
const database = { type: "database", id: "db_1", name: "sales_db" };
const notebook = { type: "notebook", id: "nb_1", name: "Sales Analysis Q2" };
const sent = [
  { action: "database_updated", actor: alice, resource: database, context: { ip: "192.168.1.100" } },
  { action: "database_updated", actor: alice, resource: database, status: "failed", context: { ip: "192.168.1.101" } },
  { action: "database_updated", actor: bob, resource: database, context: { ip: "10.192.168.1" } },
  { action: "notebook_updated", actor: alice, resource: notebook, context: { ip: "192.168.1.7" } },
  { action: "database_deleted", actor: alice, resource: database, context: { ip: "192.168.100.1" } },
];
const found: string[] = [];

beforeAll(async () => {
  [daybook, browser] = await Promise.all([startDaybook(), launchChromium()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = await context.newPage();
  complaints = complaintsOf(page);
  page.setDefaultTimeout(20_000);
  await page.goto(daybook.setupLink);
  const token = await setUp(page, { name: "Olga Berg", email: "olga@company.com", password: "correct horse battery" });
  for (const event of sent) {
    const answer = await fetch(`${daybook.url}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(event),
    });
    expect(answer.status).toBe(200);
  }
  logs = `${daybook.url}/o/acme/logs/activity`;
});
afterAll(async () => {
  await browser?.close();
  await daybook?.stop();
});

const bar = () => page.getByRole("combobox", { name: "Search events" });
const q = (): string => new URL(page.url()).searchParams.get("q") ?? "";
const settled = () => page.waitForSelector("[data-panel=events][data-state=ready]");
const ids = () => page.locator("[data-event-id]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-event-id") ?? ""));
const poll = <T>(of: () => T | Promise<T>) => expect.poll(async () => of(), { timeout: 8_000 });
const group = (key: string) => page.locator(`aside [data-facet=${key}]`);

test("successful updates of databases by Alice are the same address and the same events by bar, by rail and by link", async () => {
  await page.goto(logs);
  await settled();
  await bar().fill("user:alice@company.com action:Updated type:Database status:Success");
  await bar().press("Enter");
  const said = "operation:updated status:success actor:alice@company.com resource_type:database";
  await poll(q).toBe(said);
  await poll(async () => (await ids()).length).toBe(1);
  const byBar = { url: page.url(), ids: await ids() };
  found.push(...byBar.ids);

  await page.goto(logs);
  await settled();
  await group("status").getByRole("button", { name: "Only Success" }).click();
  await poll(q).toBe("status:success");
  await group("resource_type").getByRole("checkbox", { name: "Databases" }).click();
  await poll(q).toBe("status:success resource_type:database");
  await group("actor").getByRole("checkbox", { name: "Alice Chen" }).first().click();
  await poll(q).toContain("actor:");
  await group("operation").getByRole("checkbox", { name: "Updated" }).click();
  await poll(() => page.url()).toBe(byBar.url);
  await poll(ids).toEqual(byBar.ids);

  await page.goto("about:blank");
  await page.goto(`${logs}?${new URLSearchParams({ q: said })}`);
  await settled();
  await poll(ids).toEqual(byBar.ids);
  expect(page.url()).toBe(byBar.url);
  // What older links said becomes the same address.
  await page.goto(`${logs}?status=success&actor=alice@company.com&operation=updated&resource_type=database`);
  await poll(() => page.url()).toBe(byBar.url);
  await poll(ids).toEqual(byBar.ids);
});

test("`192.168.1` finds addresses that begin with these whole numbers", async () => {
  for (const text of ["ip:192.168.1", "192.168.1"]) {
    await page.goto(`${logs}?q=${encodeURIComponent(text)}`);
    await settled();
    const found = async () => (await page.locator("[data-event-id] [data-col=ip]").allInnerTexts()).map((ip) => ip.trim()).sort();
    await poll(found).toEqual(["192.168.1.100", "192.168.1.101", "192.168.1.7"]);
  }
});

test("values are suggested as they occur, with how often", async () => {
  await page.goto(logs);
  await settled();
  await bar().click();
  await page.keyboard.type("resource_type:data");
  await page.getByRole("option", { name: /database.*4 events/ }).waitFor();
  await page.keyboard.press("Escape");
});

test("an empty list names the part that would have to go, as the database counts it", async () => {
  await page.goto(`${logs}?q=${encodeURIComponent("status:failed actor:bob@company.com")}`);
  await page.getByRole("button", { name: "Without status:failed: 1 event" }).click();
  await poll(async () => (await ids()).length).toBe(1);
});

test("a long search is copied as a short link that opens the same search", async () => {
  const values = Array.from({ length: 40 }, (_, index) => `"a resource with a long name ${index}"`).join(" OR ");
  await page.goto(`${logs}?q=${encodeURIComponent(`resource:(${values} OR sales_db) operation:updated status:success actor:alice@company.com`)}`);
  await settled();
  await page.keyboard.press("c");
  await page.getByText(/^Link copied/).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`^${daybook.url}/s/`));
  const search = q();
  await page.goto(link);
  await poll(q).toBe(search);
  await poll(ids).toEqual(found);
});

/** Each event that scrolling to the end of the list shows, once. */
async function walked(): Promise<Set<string>> {
  const seen = new Set<string>();
  const scroller = page.locator("[data-scroller]");
  const walk = async () => {
    for (const id of await ids()) seen.add(id);
    await scroller.evaluate((element) => element.scrollBy(0, 500));
    const isAtEnd = await scroller.evaluate((element) => element.scrollTop + element.clientHeight >= element.scrollHeight - 1);
    return isAtEnd && (await page.locator("[data-older=loading]").count()) === 0 && (await ids()).every((id) => seen.has(id));
  };
  await expect.poll(walk, { timeout: 40_000 }).toBe(true);
  return seen;
}

describe("on the log of a company of some thousand events", () => {
  let demo = "";
  const at = (agoMs: number) => new Date(Date.now() - agoMs).toISOString();
  const dayMs = 1_440 * minuteMs;
  beforeAll(async () => {
    const loaded = JSON.parse(await daybook.command("demo", "load", "--json")) as { organization: { slug: string } };
    demo = `${daybook.url}/o/${loaded.organization.slug}/logs`;
  });

  // Ends within a second, a minute and an hour: no bucket begins or ends there.
  test.each([
    ["activity", "", 3.4 * dayMs + 433_411, 2.2 * dayMs + 77_123],
    ["activity", "status:failed", 29 * dayMs + 61_733, 3 * dayMs + 59_999],
    ["activity", "-operation:viewed -operation:executed actor_type:user", 8.3 * dayMs + 7_391, 1.2 * dayMs + 1],
    ["system", "status:(failed OR in_progress)", 9 * dayMs + 3_599_999, 12_007],
    ["activity", "dashboard", 17.7 * dayMs + 123_456, 2.4 * dayMs + 654_321],
  ])("the bars add up to the count, and the count to the rows: %s log, `%s`", async (type, search, fromAgo, toAgo) => {
    await page.goto(`${demo}/${type}?${new URLSearchParams({ ...(search && { q: search }), from: at(fromAgo), to: at(toAgo), fold: "0" })}`);
    await settled();
    await page.waitForSelector("[data-panel=histogram][data-state=ready] [data-bars]");
    const rows = (await walked()).size;
    expect(rows).toBeGreaterThan(10);
    await page.getByRole("button", { name: "The numbers of the bars as a table" }).press("Enter");
    const bars = async () =>
      (await page.locator("[data-histogram-table] tbody td").allTextContents()).reduce((sum, text) => sum + Number(text.split(":")[0]?.replaceAll(",", "")), 0);
    await poll(async () => [Number(await page.locator("[data-count]").getAttribute("data-count")), await bars()]).toEqual([rows, rows]);
  });

  test("opening a search is written down once: not again for pages further down, a reload, a zoom or an event", async () => {
    const search = "-operation:viewed";
    const begun = Math.floor(Date.now() / openedWindowMs);
    await page.goto(`${demo}/activity?${new URLSearchParams({ q: search, from: at(4 * dayMs) })}`);
    await settled();
    expect((await walked()).size).toBeGreaterThan(200);
    await page.reload();
    await settled();
    await page.getByRole("slider").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Reset zoom" }).waitFor();
    await page.locator("[data-event-id]").first().click();
    await page.waitForSelector("[data-open-event][data-state=ready]");
    await page.goto(`${demo}/activity?${new URLSearchParams({ q: `action:audit_log_accessed metadata.query:"${search}"` })}`);
    // One for each ten minutes; a busy machine may pass from one into the next on the way.
    const windows = Math.floor(Date.now() / openedWindowMs) - begun + 1;
    await poll(async () => (await ids()).length > 0 && (await ids()).length <= windows).toBe(true);
  });
});

test("the browser had nothing to complain about", () => {
  expect(complaints).toEqual([]);
});
