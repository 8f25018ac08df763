import { launchChromium } from "@daybook/testkit";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printSearch } from "@daybook/query";
import { textOf } from "../src/features/logs/search-text.ts";
import { anyClauses } from "../src/testing/any-clauses.ts";
import { fakeState } from "../src/testing/fake-server.ts";
import { visit, type Visit } from "./browser.ts";
import { look } from "./look.ts";

const logs = "/o/acme/logs/activity";
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const withQuery = (q: string, more = "") => `${logs}?q=${encodeURIComponent(q)}${more}`;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(path: string, more: Partial<Visit> = {}) {
  const visited = await visit(browser, { path, ...more });
  visited.page.setDefaultTimeout(10_000);
  // On a plain-http host name there is no clipboard to read back from.
  await visited.page.addInitScript(keepCopies);
  await visited.page.evaluate(keepCopies);
  return visited;
}
function keepCopies(): void {
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: { writeText: async (text: string) => void Object.assign(globalThis, { copied: text }) },
  });
}
const copied = (page: Page): Promise<string> =>
  page.waitForFunction(() => (globalThis as { copied?: string }).copied).then((held) => held.jsonValue() as Promise<string>);
const bar = (page: Page) => page.getByRole("combobox", { name: "Search events" });
const group = (page: Page, key: string) => page.locator(`aside [data-facet=${key}]`);
const chips = (page: Page) => page.getByRole("list", { name: "Active filters" }).getByRole("listitem").allInnerTexts();
const q = (page: Page): string => new URL(page.url()).searchParams.get("q") ?? "";
/** The rows are there, and the bar, whose code comes behind them. */
const settled = async (page: Page) => {
  await page.waitForSelector("[data-panel=events][data-state=ready]");
  await page.locator("[data-query-bar]").waitFor();
};
const railCame = (page: Page) => group(page, "status").locator("[data-value]").first().waitFor();
const ids = (page: Page) => page.locator("[data-event-id]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-event-id")));
const total = (page: Page) => page.locator("[data-count]").getAttribute("data-count").then(Number);
const poll = <T>(of: () => T | Promise<T>) => expect.poll(async () => of(), { timeout: 5_000 });

test("the groups of the rail use the words that people know their logs by", async () => {
  const { context, page } = await open(logs);
  await settled(page);
  await railCame(page);
  const words = async (key: string) => (await group(page, key).locator("[data-value]").allInnerTexts()).map((text) => text.split("\n")[0]);
  expect(await words("status")).toEqual(["Success", "Failed", "In progress", "Pending"]);
  expect((await words("operation")).slice(0, 9)).toEqual(["Created", "Updated", "Deleted", "Viewed", "Executed", "Cancelled", "Shared", "Revoked", "Promoted"]);
  await group(page, "resource_type").getByRole("button", { name: /more$/ }).click();
  const types = ["Notebooks", "Experiments", "Pipelines", "Databases", "Collections", "Queries", "Reports", "Users", "Teams", "Permissions"];
  expect(await words("resource_type")).toEqual(expect.arrayContaining(types));
  expect((await words("actor")).slice(0, 3)).toEqual(["Me", "API keys only", "Service accounts"]);
  await group(page, "namespace").getByRole("button", { name: "Namespace" }).click();
  await group(page, "namespace").getByRole("button", { name: /more$/ }).click();
  await poll(() => words("namespace")).toEqual(
    expect.arrayContaining(["Connections", "Data Pipelines", "Data Products", "Spaces", "Users", "Service Users", "API Tokens"]),
  );
  await look(page, "explorer-default");
  await context.close();
});

test("a name is the only one, a box adds, Alt or the minus leaves out; address, bar and rows follow each time", async () => {
  const { context, page } = await open(logs);
  await settled(page);
  const status = group(page, "status");
  await status.getByRole("button", { name: "Only Failed" }).click();
  await poll(() => q(page)).toBe("status:failed");
  await poll(() => chips(page)).toEqual(["Status: Failed"]);
  await poll(() => total(page)).toBe(42);
  await status.getByRole("checkbox", { name: "Pending" }).click();
  await poll(() => q(page)).toBe("status:(failed OR pending_approval)");
  await poll(() => total(page)).toBe(89);
  await status.getByRole("button", { name: "Only Failed" }).click({ modifiers: ["Alt"] });
  await poll(() => q(page)).toBe("status:pending_approval -status:failed");
  await poll(() => status.locator("[data-value=failed]").getAttribute("data-choice")).toBe("excluded");
  await status.getByRole("button", { name: "Clear status" }).click();
  await poll(() => q(page)).toBe("");
  // By keyboard: the minus key on either button, and the minus button itself.
  const updated = group(page, "operation").locator("[data-value=updated]");
  await updated.getByRole("checkbox").focus();
  await page.keyboard.press("-");
  await poll(() => q(page)).toBe("-operation:updated");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Leave out Updated");
  await page.keyboard.press("Enter");
  await poll(() => q(page)).toBe("");
  await group(page, "actor").getByRole("checkbox", { name: "Me", exact: true }).click();
  await group(page, "actor").getByRole("checkbox", { name: "API keys only" }).click();
  await poll(() => q(page)).toBe("actor:me actor_type:api_key");
  await page.goto(`http://console.test${withQuery("status:(failed OR success) -operation:updated -resource_type:dashboard")}`);
  await settled(page);
  await look(page, "explorer-rail");
  await context.close();
});

test("the places of the values stay while their counts change, and a chosen value stays at 0", async () => {
  const { context, page } = await open(logs);
  await settled(page);
  await railCame(page);
  const order = () =>
    group(page, "action")
      .locator("[data-value]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-value")));
  const before = await order();
  // It would take the rows below it from under the pointer, going with the values of a narrower search.
  const find = page.getByLabel("Find in operation");
  await find.waitFor();
  await group(page, "actor").getByRole("checkbox", { name: "Alice Chen" }).click();
  await poll(() => q(page)).toBe("actor:alice@company.com");
  await settled(page);
  const after = await order();
  expect(after).toEqual(before.filter((value) => after.includes(value)));
  expect(await find.isVisible()).toBe(true);
  await page.goto(`http://console.test${withQuery("resource:nowhere status:failed")}`);
  await poll(() => group(page, "resource").locator("[data-value=nowhere]").innerText()).toMatch(/nowhere\s*0/);
  await context.close();
});

test("Back undoes a search, a filter, an event and a change of the log, one by one, and Forward redoes them", async () => {
  const { context, page } = await open(logs);
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("sales", { delay: 30 });
  await poll(() => q(page)).toBe("sales");
  // Typing goes on: the same step.
  await page.keyboard.type("_d", { delay: 30 });
  await poll(() => q(page)).toBe("sales_d");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await group(page, "status").getByRole("checkbox", { name: "Failed" }).click();
  await poll(() => q(page)).toBe("status:failed sales_d");
  await settled(page);
  await page.locator("[data-event-id]").first().click();
  await page.waitForURL(/event=/);
  await page.getByRole("navigation", { name: "Log type" }).getByRole("link", { name: "System" }).click();
  await page.waitForURL(/logs\/system$/);
  const steps = [/event=/, /q=status%3Afailed\+sales_d$/, /q=sales_d$/, /activity$/];
  for (const step of steps) {
    await page.goBack();
    await page.waitForURL(step);
  }
  for (const step of steps.slice(0, -1).toReversed()) {
    await page.goForward();
    await page.waitForURL(step);
  }
  await context.close();
});

test("a reload shows the same screen", async () => {
  const { context, page } = await open(
    withQuery('operation:updated -actor:me "Updated database"', "&event=01930000-0000-7000-8000-000000000396&tab=changes&from=2026-11-10T00:00:00.000Z"),
  );
  await settled(page);
  await page.waitForSelector("[data-open-event][data-state=ready]");
  const seen = async () => ({
    ids: await ids(page),
    chips: await chips(page),
    tab: await page.getByRole("tab", { selected: true }).innerText(),
    title: await page.title(),
    url: page.url(),
  });
  const before = await seen();
  await page.reload();
  await settled(page);
  await page.waitForSelector("[data-open-event][data-state=ready]");
  await poll(seen).toEqual(before);
  await context.close();
});

test("a copied link shows the same events to somebody else the next day; a relative one moves on with the days", async () => {
  const { context, page } = await open("/o/acme/alerts");
  await page.clock.setFixedTime("2026-11-20T20:00:00Z");
  await page.goto(`http://console.test${withQuery("-status:failed", "&range=today")}`);
  await settled(page);
  const today = await ids(page);
  expect(today.length).toBeGreaterThan(3);
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("menuitem", { name: /Copy link/ }).click();
  const absolute = await copied(page);
  await page.evaluate(() => Object.assign(globalThis, { copied: undefined }));
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("menuitem", { name: /relative/ }).click();
  const relative = await copied(page);
  await context.close();

  const other = await open("/o/acme/alerts");
  await other.page.clock.setFixedTime("2026-11-21T20:00:00Z");
  await other.page.goto(absolute);
  await settled(other.page);
  await poll(() => ids(other.page)).toEqual(today);
  await other.page.goto(relative);
  await other.page.waitForSelector("[data-empty]");
  await other.context.close();
});

test("a link that would be longer than mails carry is copied as a short one", async () => {
  const long = `resource:(${Array.from({ length: 45 }, (_, index) => `"a resource with a long name ${index}"`).join(" OR ")})`;
  const asked: string[] = [];
  const { context, page } = await open(withQuery(long), {
    answer: (path) => (
      asked.push(path),
      path === "links.create" ? answered({ id: "abcdefghijklmnopqrstuv", url: "/s/abcdefghijklmnopqrstuv", path: "/s/abcdefghijklmnopqrstuv" }) : null
    ),
  });
  await page.waitForSelector("[data-empty]");
  await page.keyboard.press("c");
  expect(await copied(page)).toMatch(/\/s\/abcdefghijklmnopqrstuv$/);
  expect(asked).toContain("links.create");
  await context.close();
});

test("bad parts of a link are named, the rest works, and a bad part of the search stays in the bar", async () => {
  const { context, page, problems } = await open(`${logs}?status=foo&q=${encodeURIComponent("status:failed colour:red")}`);
  await page.getByText("Ignored `status=foo` in the link.").waitFor();
  await settled(page);
  await poll(() => total(page)).toBe(42);
  await page.getByText("There is no key “colour”.").waitFor();
  await page.getByText("This part is left out: the rows are those of status failed.").waitFor();
  expect(await bar(page).inputValue()).toBe("status:failed colour:red");
  await look(page, "explorer-bad-link");
  await page.getByRole("button", { name: "Search for it as text" }).click();
  await poll(() => q(page)).toBe('status:failed "colour:red"');
  expect(problems).toEqual([]);
  await context.close();
});

test("an empty list says which of three causes it has, and offers what helps", async () => {
  const { context, page } = await open(withQuery("status:failed operation:created resource:sales_db"));
  const filter = page.locator("[data-empty=filter][data-state=ready]");
  await filter.getByRole("button", { name: /^Without resource:sales_db: \d+ events?$/ }).waitFor();
  await look(page, "explorer-empty-filter");
  await filter
    .getByRole("button", { name: /^Without / })
    .first()
    .click();
  await settled(page);
  await page.goto(`http://console.test${logs}?from=2020-01-01T00:00:00.000Z&to=2020-02-01T00:00:00.000Z`);
  const range = page.locator("[data-empty=range]");
  await range.getByText(/^Last event/).waitFor();
  await look(page, "explorer-empty-range");
  await range.getByRole("button", { name: "Jump to it" }).click();
  await settled(page);
  await context.close();
  const fresh = await open(logs, { state: { events: [] } });
  await fresh.page.locator("[data-empty=first-use]").getByText("Send the first event").waitFor();
  await look(fresh.page, "explorer-empty-first");
  await fresh.context.close();
});

test("the title of the tab says what is searched for", async () => {
  const { context, page } = await open(withQuery("status:failed actor:alice@company.com"));
  await poll(() => page.title()).toBe("Status failed, actor alice@company.com · User activity logs · Daybook");
  await context.close();
});

test("500 searches of any kind, typed into the bar, are the same search in the address", { timeout: 240_000 }, async () => {
  const empty: Record<string, unknown> = {
    "events.list": { events: [], nextCursor: null, completeUntil: null, lastSeq: 0, searchedTo: null },
    "events.histogram": { zone: "Europe/Paris", unit: "hour", bucketSeconds: 3600, buckets: [], total: 0, exact: true, countedFrom: null },
    "events.facets": { groups: [] },
    "events.counts": [],
    "events.values": { values: [], exact: true },
  };
  const { context, page, problems } = await open(logs, { answer: (path) => (path in empty ? answered(empty[path]) : null) });
  await bar(page).waitFor();
  const seed = Date.now();
  for (const clauses of fc.sample(anyClauses, { numRuns: 500, seed })) {
    await bar(page).fill(printSearch(clauses));
    await bar(page).press("Enter");
    await expect.poll(() => q(page), { interval: 10, message: `seed ${seed}: ${printSearch(clauses)}` }).toBe(textOf(clauses));
    await expect.poll(() => bar(page).inputValue(), { interval: 10 }).toBe(textOf(clauses));
  }
  expect(problems).toEqual([]);
  await context.close();
});

test("`192.168.1` is a beginning of whole numbers, as words and as a key", async () => {
  const [first, second, third, ...rest] = fakeState().events.filter(({ log_type }) => log_type === "activity");
  if (!first || !second || !third) throw new Error("The made-up company has three events.");
  const at = (event: typeof first, ip: string) => ({ ...event, context: { ...event.context, ip } });
  const events = [
    at(first, "192.168.1.100"),
    at(second, "10.192.168.1"),
    at(third, "192.168.100.1"),
    ...rest.slice(0, 5).map((event) => at(event, "203.0.113.9")),
  ];
  const { context, page } = await open(withQuery("ip:192.168.1"), { state: { events } });
  await settled(page);
  await poll(() => ids(page)).toEqual([first.id]);
  await page.goto(`http://console.test${withQuery("192.168.1")}`);
  await settled(page);
  await poll(() => ids(page)).toEqual([first.id]);
  await context.close();
});

test("the rail offers teams in the log of the organization, and in the log of one team there is nothing to choose", async () => {
  const { context, page } = await open(logs);
  await railCame(page);
  await group(page, "team").getByRole("button", { name: "Team" }).click();
  await group(page, "team").getByRole("checkbox", { name: "Finance" }).click();
  await poll(() => q(page)).toBe("team:finance");
  await page.goto("http://console.test/o/acme/teams/0193bbbb-0000-7000-8000-000000000001/logs/activity");
  await settled(page);
  await railCame(page);
  expect(await group(page, "team").count()).toBe(0);
  await context.close();
});

test("HTML in what events name is text in the rail, the suggestions, the chips and the title of the tab", async () => {
  const attack = '<img src=x onerror="document.body.dataset.hit=1">';
  const [first, ...rest] = fakeState().events.filter(({ log_type }) => log_type === "activity");
  if (!first) throw new Error("The made-up company has an event.");
  const hostile = { ...first, actor: { ...first.actor, name: attack, email: attack }, resource: { type: attack, id: attack, name: attack }, action: attack };
  const { context, page } = await open(logs, { state: { events: [hostile, ...rest.slice(0, 3)] } });
  await settled(page);
  await group(page, "actor").getByText(attack).first().waitFor();
  await bar(page).click();
  await page.keyboard.type("resource:img");
  await page.getByRole("option").filter({ hasText: attack }).first().waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`http://console.test${withQuery(`resource:"${attack.replaceAll('"', '\\"')}"`)}`);
  await settled(page);
  await poll(() => chips(page)).toEqual([`Resource: ${attack}`]);
  await poll(() => page.title()).toContain(attack);
  expect(await page.evaluate(() => document.body.dataset["hit"])).toBeUndefined();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  await context.close();
});
