import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeEvents } from "../src/testing/fake-events.ts";
import { visit, type Visit } from "./browser.ts";
import { look } from "./look.ts";

const logs = "/o/acme/logs/activity";
const newestId = "01930000-0000-7000-8000-000000000420";
const noon = "2026-11-20T12:04:00Z";
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const broken = { status: 500, body: "{}" };

/** The machine may have others to serve. */
const soonMs = 10_000;
const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: soonMs });

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Asked {
  filter: { from?: string; to?: string; q?: string };
  zone?: string;
  by?: string;
}

/** A visit at a moment of our choice, with what the lists were asked for. */
async function visitAt(time: string, { answer, ...rest }: Omit<Visit, "prepare">) {
  const asked: { path: string; input: Asked }[] = [];
  const visited = await visit(browser, {
    ...rest,
    prepare: (page) => page.clock.install({ time }),
    answer: (path, input) => {
      if (path === "events.list" || path === "events.histogram") asked.push({ path, input: input as Asked });
      return answer?.(path, input) ?? null;
    },
  });
  const last = (path = "events.list") => asked.findLast((each) => each.path === path)?.input;
  return { ...visited, last };
}

const ready = async (page: Page) => {
  await page.waitForSelector('[data-panel="events"][data-state="ready"]');
  await page.waitForSelector('[data-panel="histogram"][data-state="ready"] [data-bars]');
};
const ids = (page: Page) => page.locator("[data-event-id]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-event-id")));
const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
async function openPicker(page: Page) {
  await page.keyboard.press("t");
  await page.waitForSelector("[data-resolved]");
}

test("today is asked anew when the organization's midnight passes, and its dates stand beside its name", async () => {
  const { page, context, last } = await visitAt("2026-11-20T22:58:00Z", { path: `${logs}?range=today` });
  await page.waitForSelector('[data-range="today"]');
  await soon(() => last()?.filter.from).toBe("2026-11-19T23:00:00.000Z");
  expect(await page.locator("[data-range]").innerText()).toMatch(/Today\s*20 Nov/);
  await page.clock.fastForward("03:00");
  await soon(() => last()?.filter.from).toBe("2026-11-20T23:00:00.000Z");
  await soon(() => page.locator("[data-range]").innerText()).toMatch(/Today\s*21 Nov/);
  await context.close();
});

test("a relative link moves with the days, a frozen one does not", async () => {
  const first = await visitAt(noon, { path: `${logs}?range=yesterday` });
  await ready(first.page);
  await openPicker(first.page);
  await first.page.getByRole("button", { name: "Freeze to absolute" }).click();
  await first.page.waitForURL(/from=/);
  const frozen = new URL(first.page.url());
  expect(query(first.page)).toEqual({ from: "2026-11-18T23:00:00.000Z", to: "2026-11-19T23:00:00.000Z" });
  await first.context.close();
  for (const [path, from] of [
    [`${logs}?range=yesterday`, "2026-11-19T23:00:00.000Z"],
    [frozen.pathname + frozen.search, "2026-11-18T23:00:00.000Z"],
  ] as const) {
    const { context, page, last } = await visitAt("2026-11-21T12:04:00Z", { path });
    await page.waitForSelector('[data-panel="events"]');
    await soon(() => last()?.filter.from).toBe(from);
    await context.close();
  }
});

test.each([
  ["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z", 23, ["29 Mar 00:00 CET", "29 Mar 01:00 CET", "29 Mar 03:00 CEST"]],
  ["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z", 25, ["25 Oct 00:00 CEST", "25 Oct 01:00 CEST", "25 Oct 02:00 CEST", "25 Oct 02:00 CET"]],
])("the local day from %s to %s has %i bars, told by the name of their clock", async (from, to, bars, labels) => {
  const { page, context } = await visitAt(noon, { path: `${logs}?from=${from}&to=${to}` });
  const chart = page.getByRole("slider");
  await chart.focus();
  await soon(() => chart.getAttribute("data-bars")).toBe(String(bars));
  for (const label of labels) {
    await page.keyboard.press("ArrowRight");
    await soon(() => chart.getAttribute("aria-valuetext")).toContain(label);
  }
  await context.close();
});

test("list, drawer and card tell one instant alike on three clocks, and the rows stay the same", async () => {
  const seen: (string | null)[][] = [];
  for (const [tz, offset, clock] of [
    ["", "UTC+1", "13:03:10"],
    ["&tz=utc", "UTC", "12:03:10"],
    ["&tz=mine", "UTC−5", "07:03:10"],
  ] as const) {
    const { page, context, last } = await visitAt(noon, { path: `${logs}?range=7d&event=${newestId}${tz}` });
    await ready(page);
    await page.waitForSelector("[data-field]");
    const row = (await page.locator(`[data-event-id="${newestId}"] time`).first().innerText()).trim();
    expect(row).toBe(`2026-11-20 ${clock}`);
    const exact = `2026-11-20 ${clock}.245 (${offset})`;
    const header = page.locator("[data-open-event] header time button");
    expect(await header.innerText()).toBe(exact);
    await header.focus();
    await page.keyboard.press("Enter");
    const card = page.getByRole("dialog", { name: "This time on other clocks" });
    const text = await card.innerText();
    if (tz === "&tz=utc") expect(text).toContain("2026-11-20T12:03:10.245Z");
    else expect(text).toContain(exact);
    expect(text).toContain("Europe/Paris");
    expect(text).toContain("1795176190245");
    // By the keyboard in, and by the keyboard out again.
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    await soon(() => header.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(last()?.filter.from).toBe("2026-11-13T23:00:00.000Z");
    expect(last("events.histogram")?.zone).toBe({ "UTC+1": "Europe/Paris", UTC: "UTC", "UTC−5": "America/New_York" }[offset]);
    seen.push((await ids(page)).slice(0, 12));
    await context.close();
  }
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});

test("the card opens while the pointer rests on a time of the list, and each of its lines is copied as it stands", async () => {
  const { page, context } = await visitAt(noon, { path: `${logs}?range=7d` });
  await ready(page);
  await page.locator(`[data-event-id="${newestId}"] time`).first().hover();
  await page.clock.runFor(1_000);
  const card = page.locator("[data-time-card]");
  await card.waitFor();
  const names = await card.getByRole("button").evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
  expect(new Set(names).size).toBe(5);
  const lines = await card.innerText();
  for (const line of ["2026-11-20 13:03:10.245 (UTC+1)", "2026-11-20T12:03:10.245Z", "2026-11-20 07:03:10.245 (UTC−5)"]) expect(lines).toContain(line);
  expect(query(page)).toEqual({ range: "7d" });
  await context.close();
});

test("the look-back field takes 1 to the policy's days, and refuses 0 and −1 with words", async () => {
  const policy = { days: 30, oldestEventAt: null, eventCount: 1, purges: [] };
  const { page, context } = await visitAt(noon, { path: logs, answer: (path) => (path === "retention.get" ? answered(policy) : null) });
  await ready(page);
  await openPicker(page);
  expect(await page.locator("[data-kept]").innerText()).toBe("The policy keeps 30 days: the oldest day is 21 Oct.");
  const field = page.getByLabel("Look back, in days");
  const apply = page.getByRole("button", { name: "Apply", exact: true });
  for (const [typed, words] of [
    ["0", "At least 1 day"],
    ["-1", "At least 1 day"],
    ["31", "The policy keeps 30 days"],
  ] as const) {
    await field.fill(typed);
    await soon(() => page.getByRole("alert").innerText()).toContain(words);
    await soon(() => apply.isDisabled()).toBe(true);
  }
  await field.fill("30");
  await field.press("Enter");
  await page.waitForURL(/range=30d/);
  await context.close();
});

test("times are typed as people write them, what they mean shows before they are used, and nonsense is answered in words", async () => {
  const { page, context } = await visitAt(noon, { path: logs });
  await ready(page);
  await openPicker(page);
  const field = page.getByLabel("Type a time");
  const form = page.locator("form").filter({ has: field });
  await field.fill("12 jun");
  await soon(() => form.innerText()).toContain("12 Jun");
  await field.fill("teatime");
  await field.press("Enter");
  await soon(() => page.getByRole("alert").innerText()).toContain("“teatime” is not a time");
  await field.fill("last 3 h");
  await soon(() => form.innerText()).toContain("20 Nov 10:00 – now");
  await field.press("Enter");
  await page.waitForURL(/range=3h/);
  await context.close();
});

test("days are chosen in the calendar by the keyboard alone", async () => {
  const { page, context } = await visitAt(noon, { path: `${logs}?range=today` });
  await ready(page);
  await openPicker(page);
  await page.getByRole("button", { name: "Calendar" }).click();
  const calendar = page.locator("[data-calendar]");
  await calendar.locator("[tabindex='0']").focus();
  for (const key of ["PageUp", "Home", "ArrowUp", "Enter", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await soon(() => calendar.locator("[aria-selected=true]").count()).toBe(3);
  await page.getByRole("button", { name: "Apply custom range" }).click();
  await page.waitForURL(/from=/);
  // 20 October is a Tuesday: the Monday of its week, and the one before.
  expect(query(page)).toEqual({ from: "2026-10-11T22:00:00.000Z", to: "2026-10-14T22:00:00.000Z" });
  await context.close();
});

test("a step goes one window back and on again, and = looks at twice as much", async () => {
  const { page, context } = await visitAt(noon, { path: `${logs}?range=today` });
  await ready(page);
  const later = page.getByRole("button", { name: "One window later" });
  expect(await later.isDisabled()).toBe(true);
  await page.getByRole("button", { name: "One window earlier" }).click();
  await page.waitForURL(/range=yesterday/);
  await later.click();
  await page.waitForURL(/range=today/);
  await page.keyboard.press("=");
  await page.waitForURL(/range=2d/);
  await page.goBack();
  await page.waitForURL(/range=today/);
  await context.close();
});

test("a zoom is a step of the history: Back undoes it whole, Reset leaves all of them", async () => {
  const { page, context, last } = await visitAt(noon, { path: `${logs}?range=7d` });
  await ready(page);
  const chart = page.getByRole("slider");
  const reset = page.getByRole("button", { name: "Reset zoom" });
  const drag = async () => {
    const box = await chart.boundingBox();
    if (!box) throw new Error("the chart has no place");
    await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 4 });
    await page.mouse.up();
  };
  await drag();
  await page.waitForURL(/from=/);
  await ready(page);
  const once = page.url();
  expect(last()?.filter.to).toBeDefined();
  await drag();
  await soon(() => page.url()).not.toBe(once);
  await page.goBack();
  await soon(() => page.url()).toBe(once);
  await reset.waitFor();
  await page.goBack();
  await page.waitForURL(/range=7d/);
  await soon(() => reset.count()).toBe(0);
  await page.goForward();
  await page.waitForURL(/from=/);
  await reset.click();
  await page.waitForURL(/range=7d/);
  await page.goBack();
  await page.waitForURL(/from=/);
  await context.close();
});

test("bars are stacked by what the reader chooses, and it stands in the address", async () => {
  const { page, context, last } = await visitAt(noon, { path: `${logs}?range=7d` });
  await ready(page);
  await page.getByRole("button", { name: /by status/ }).click();
  await page.getByRole("menuitemradio", { name: "Operation" }).click();
  await page.waitForURL(/by=operation/);
  await soon(() => last("events.histogram")?.by).toBe("operation");
  await soon(() => page.locator("[data-histogram-reading]").innerText()).toContain("Updated");
  // The picture and its table hold the same sum as the count above the list.
  await page.getByRole("button", { name: "The numbers of the bars as a table" }).dispatchEvent("click");
  await page.waitForSelector("[data-histogram-table]", { state: "attached" });
  const rows = await page.locator("[data-histogram-table] tbody tr td").allInnerTexts();
  const sum = rows.reduce((total, text) => total + Number(text.split(":")[0]), 0);
  expect(sum).toBe(Number(await page.locator("[data-count]").first().getAttribute("data-count")));
  await context.close();
});

test("rows stand while the histogram fails, and bars stand while the rows fail", async () => {
  for (const [path, failing, standing] of [
    ["events.histogram", "histogram", "events"],
    ["events.list", "events", "histogram"],
  ] as const) {
    const { page, context } = await visitAt(noon, { path: `${logs}?range=7d`, answer: (asked) => (asked === path ? broken : null) });
    await page.clock.runFor(3_000);
    await page.waitForSelector(`[data-panel="${failing}"][data-state="error"]`);
    await page.waitForSelector(`[data-panel="${standing}"][data-state="ready"]`);
    expect(await page.locator(`[data-panel="${failing}"] [role=alert]`).innerText()).toContain("could not be loaded");
    await context.close();
  }
});

const purged = {
  days: 30,
  oldestEventAt: "2026-10-20T22:00:00.000Z",
  eventCount: 12,
  purges: [
    {
      id: "p_1",
      at: "2026-11-19T22:00:00.000Z",
      before: "2026-10-20T22:00:00.000Z",
      count: 9,
      partitionsDropped: 0,
      trigger: "schedule",
      finishedAt: "2026-11-19T22:00:02.000Z",
    },
  ],
};

test("where the log was purged the list ends in words, exactly at the oldest kept day, and the bars are shaded before it", async () => {
  const state = { events: fakeEvents(12, Date.parse("2026-10-22T12:00:00Z")) };
  for (const [from, isTold] of [
    ["2026-10-19T22:00:00.000Z", true],
    ["2026-10-20T22:00:00.000Z", false],
  ] as const) {
    const { page, context } = await visitAt(noon, {
      path: `${logs}?from=${from}&to=2026-10-22T22:00:00.000Z`,
      state,
      answer: (path) => (path === "retention.get" ? answered(purged) : null),
    });
    await ready(page);
    const edge = page.locator("[data-purged-edge]");
    if (isTold) {
      await soon(() => page.locator("[data-shaded]").count()).toBe(1);
      expect(await edge.innerText()).toBe("Events before 21 Oct were purged by the policy of 30 days.");
      expect(await page.locator("[data-histogram-reading]").innerText()).toContain("Purged");
      await look(page, "purged-edge");
    } else {
      expect(await edge.count()).toBe(0);
      expect(await page.locator("[data-shaded]").count()).toBe(0);
    }
    await context.close();
  }
});

test("counts that reach only part of the way say how far they reach", async () => {
  const counted = {
    zone: "Europe/Paris",
    unit: "hour",
    bucketSeconds: 3600,
    buckets: [{ start: "2026-11-20T10:00:00.000Z", counts: { success: 10_000 } }],
    total: 10_000,
    exact: false,
    countedFrom: "2026-11-20T09:30:00.000Z",
  };
  const { page, context } = await visitAt(noon, { path: `${logs}?range=2d`, answer: (path) => (path === "events.histogram" ? answered(counted) : null) });
  await ready(page);
  const panel = page.locator('[data-panel="histogram"]');
  expect(await panel.innerText()).toContain("Counted back to 20 Nov 10:30 only");
  expect(await panel.innerText()).toContain("Not counted");
  await context.close();
});

const session = (change: object) => ({
  user: { id: "u_bob", name: "Bob Okafor", email: "bob@company.com" },
  organizations: [
    {
      id: "0193aaaa-0000-7000-8000-000000000001",
      name: "Acme",
      slug: "acme",
      timeZone: "Europe/Paris",
      demo: false,
      without: [],
      teams: [],
      formerSlugs: [],
      barred: null,
      role: "member",
      grants: ["events:read"],
      ...change,
    },
  ],
});

test("a member is told that the log is only their own, and is asked nothing of the retention policy", async () => {
  const paths: string[] = [];
  const { page, context } = await visitAt(noon, {
    path: logs,
    answer: (path) => {
      paths.push(path);
      return path === "session.me" ? answered(session({})) : null;
    },
  });
  await page.waitForSelector('[data-panel="events"][data-state="ready"]');
  expect(await page.locator("[data-scope]").innerText()).toContain("You see only your own events");
  expect(paths).not.toContain("retention.get");
  await context.close();
});

test("the log of a team says that the organization's own events are not in it", async () => {
  const { page, context } = await visitAt(noon, { path: "/o/acme/teams/0193bbbb-0000-7000-8000-000000000001/logs/activity" });
  await page.waitForSelector('[data-panel="events"][data-state="ready"]');
  expect(await page.locator("[data-scope]").innerText()).toContain("Events about the organization itself are not shown here");
  await context.close();
});

test("picker, calendar, card and stacks are readable in both themes, and no rule of accessibility is broken", async () => {
  const { page, context, problems } = await visitAt(noon, { path: `${logs}?range=7d` });
  await ready(page);
  await look(page, "time-histogram");
  await openPicker(page);
  await look(page, "time-picker");
  await page.getByRole("button", { name: "Calendar" }).click();
  await page.locator("[data-calendar]").waitFor();
  await look(page, "time-calendar");
  await context.close();
  expect(problems).toEqual([]);
});
