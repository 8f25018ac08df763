import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeViewIds } from "../src/testing/fake-views.ts";
import { visit, type Visit } from "./browser.ts";
import { look, shoot, violations } from "./look.ts";

const logs = "/o/acme/logs/activity";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const open = async (path = logs, more: Partial<Visit> = {}) => {
  const visited = await visit(browser, { path, ...more });
  await visited.page.locator("[data-event-id]").first().or(visited.page.getByText("No event")).first().waitFor();
  return visited;
};
const button = (page: Page) => page.getByRole("button", { name: /^Saved views/ });
const panel = (page: Page) => page.getByRole("dialog", { name: "Saved views" });
const modified = (page: Page) => page.locator("[data-view-modified]");
const params = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const openMenu = async (page: Page) => {
  await page.keyboard.press("v");
  await panel(page).getByRole("button", { name: "Save what you see" }).waitFor();
};
const openView = async (page: Page, name: string) => {
  await openMenu(page);
  await panel(page).locator("[data-open-view]", { hasText: name }).click();
  await panel(page).waitFor({ state: "detached" });
};
/** What can be seen and reaches out of the window sideways. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll("body *")].filter((each) => !each.closest(".sr-only") && each.getBoundingClientRect().left < innerWidth);
    const out = seen.filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll-thin, [role=grid]"));
    return out.slice(0, 5).map((each) => `${each.tagName} ${each.textContent.slice(0, 40)}`);
  });
const column = (page: Page) => page.getByRole("grid").getByRole("columnheader").allInnerTexts();

test("the menu opens by `v`, is walked by the arrow keys, and shows each view once: starred, mine, team, shared, built-in", async () => {
  const { context, page, problems } = await open();
  await openMenu(page);
  const groups = await panel(page)
    .getByRole("region")
    .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  expect(groups).toEqual(["Starred", "Mine", "Team", "Shared", "Built-in"]);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toContain("Failed operations");
  await page.keyboard.press("ArrowDown");
  await expect.poll(focused).toContain("What Bob changed");
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await expect.poll(() => button(page).evaluate((each) => each === document.activeElement)).toBe(true);
  await openMenu(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/view=/);
  expect(params(page)).toEqual({ view: fakeViewIds.own });
  expect(problems).toEqual([]);
  await context.close();
});

test("a view is its id in the URL; a change adds what differs, a reload keeps it, and Reset takes it back", async () => {
  const { context, page } = await open();
  await openView(page, "Everything that failed");
  await expect.poll(() => params(page)).toEqual({ view: fakeViewIds.shared });
  await expect.poll(() => page.title()).toMatch(/^Everything that failed/);
  await page.goto(`${page.url()}&by=operation&q=status%3Asuccess`);
  await modified(page).waitFor();
  expect(await modified(page).innerText()).toContain("modified: search, bars");
  await page.reload();
  await modified(page).getByRole("button", { name: "Reset" }).click();
  await page.waitForURL(/\?view=[^&]*$/);
  await modified(page).waitFor({ state: "detached" });
  expect(params(page)).toEqual({ view: fakeViewIds.shared });
  await context.close();
});

test("what is cleared in a view stays cleared: the URL says so, and back undoes it", async () => {
  const { context, page } = await open(`${logs}?view=${fakeViewIds.shared}`);
  await page.goto(`${page.url()}&without=q`);
  await modified(page).waitFor();
  expect(await modified(page).innerText()).toContain("modified: search");
  expect(params(page)).toEqual({ view: fakeViewIds.shared, without: "q" });
  await page.goBack();
  await modified(page).waitFor({ state: "detached" });
  await context.close();
});

test("saving writes down the columns too; updating keeps what is on screen", async () => {
  const { context, page } = await open(`${logs}?q=status%3Afailed&cols=five-fields`);
  const asked: Record<string, unknown>[] = [];
  page.on("request", (request) => {
    if (/views\.(create|update)/.test(request.url())) asked.push(request.postDataJSON() as Record<string, unknown>);
  });
  const shown = await column(page);
  await openMenu(page);
  await panel(page).getByRole("button", { name: "Save what you see" }).click();
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByLabel("Name").fill("Failures");
  await dialog.getByLabel("Everybody in Acme").check();
  await dialog.getByRole("button", { name: "Save view" }).click();
  await page.waitForURL(/\?view=[^&]*$/);
  expect(asked[0]).toMatchObject({
    name: "Failures",
    logType: "activity",
    sharing: { with: "organization" },
    state: { q: "status:failed", cols: "five-fields" },
  });
  await expect.poll(() => column(page)).toEqual(shown);
  await page.goto(`${page.url()}&range=7d`);
  await modified(page).getByRole("button", { name: "Update" }).click();
  await page.waitForURL(/\?view=[^&]*$/);
  await modified(page).waitFor({ state: "detached" });
  expect(asked[1]).toMatchObject({ version: 1, state: { q: "status:failed", range: "7d" } });
  expect(Object.keys(params(page))).toEqual(["view"]);
  await context.close();
});

test("a column is taken by its title and put down where the mark stands; Escape leaves it, and the view knows that it was moved", async () => {
  const { context, page } = await open(`${logs}?view=failed-operations`);
  const head = (name: string) => page.getByRole("columnheader", { name });
  const drag = async (from: string, to: string, part: number) => {
    const [start, end] = [await head(from).boundingBox(), await head(to).boundingBox()];
    if (!start || !end) throw new Error("The columns are there.");
    await page.mouse.move(start.x + 12, start.y + 14);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width * part, end.y + 14, { steps: 6 });
  };
  const order = async () => (await column(page)).filter((title) => !["Select", "Actions"].includes(title));
  const before = await order();
  await drag("Actor", "Status", 0.9);
  await page.locator("[data-drop]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-drop]").waitFor({ state: "detached" });
  await page.mouse.up();
  expect([await order(), params(page)]).toEqual([before, { view: "failed-operations" }]);
  await drag("Actor", "Status", 0.9);
  await page.locator("[data-drop]").waitFor();
  await page.mouse.up();
  await expect.poll(() => params(page)["cols"]).toBe("time,event,status,actor,ip");
  await expect.poll(order).toEqual(["Time (UTC+1)", "Event", "Status", "Actor", "IP"]);
  await modified(page).getByText("modified: columns").waitFor();
  // No column is where it stands.
  await drag("Event", "Status", 0.1);
  await page.mouse.up();
  expect(params(page)["cols"]).toBe("time,event,status,actor,ip");
  await context.close();
});

test("who comes second is told who came first", async () => {
  const refusal = { code: "conflict", message: 'Bob Martin changed "Everything that failed" meanwhile. Reset to see it as it is now.', path: "version" };
  const body = JSON.stringify({ error: { message: refusal.message, code: -32009, data: { code: "CONFLICT", httpStatus: 409, refusal, requestId: "r" } } });
  const { context, page } = await open(`${logs}?view=${fakeViewIds.shared}&q=status%3Asuccess`, {
    answer: (path) => (path === "views.update" ? { status: 409, body } : null),
  });
  await modified(page).getByRole("button", { name: "Update" }).click();
  await modified(page).getByRole("alert").waitFor();
  expect(await modified(page).getByRole("alert").innerText()).toContain("Bob Martin changed");
  await look(page, "views-conflict");
  await context.close();
});

test("a deletion can be undone from the toast, and whoever looked at the view goes on looking at the same", async () => {
  const { context, page } = await open(`${logs}?view=${fakeViewIds.shared}`);
  await openMenu(page);
  await panel(page).getByRole("button", { name: "More for Everything that failed" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByText("“Everything that failed” was deleted.").waitFor();
  expect(params(page)).toMatchObject({ q: "status:failed", density: "compact" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForURL(/\?view=/);
  expect(params(page)).toEqual({ view: fakeViewIds.shared });
  await context.close();
});

test("a default view opens where nothing else is asked for, never over a link, and the plain log can be had", async () => {
  const { context, page } = await open();
  await openMenu(page);
  await panel(page).getByRole("button", { name: "More for Everything that failed" }).click();
  await page.getByRole("menuitem", { name: "Open my activity log with it" }).click();
  await panel(page).getByText("Your default").waitFor();
  await page.goto(new URL(logs, page.url()).href);
  await page.waitForURL(/view=/);
  expect(params(page)).toEqual({ view: fakeViewIds.shared });
  await page.goto(new URL(`${logs}?range=7d`, page.url()).href);
  await page.locator("[data-event-id]").first().waitFor();
  expect([params(page), await button(page).getAttribute("data-view")]).toEqual([{ range: "7d" }, null]);
  await openView(page, "Everything that failed");
  await openMenu(page);
  await panel(page).getByRole("button", { name: "Close the view" }).click();
  await page.waitForURL(/view=none/);
  await page.reload();
  await page.locator("[data-event-id]").first().waitFor();
  expect([params(page), await button(page).getAttribute("data-view")]).toEqual([{ view: "none" }, null]);
  await context.close();
});

test("a link to the plain log is copied on a phone as well, and opens the same rows where the log opens with a view", async () => {
  const { context, page } = await open(logs, {
    width: 390,
    prepare: (fresh) =>
      fresh.addInitScript(() =>
        document.addEventListener("copy", ({ target }) => Object.assign(globalThis, { copied: target instanceof HTMLTextAreaElement ? target.value : null })),
      ),
  });
  const rowsOf = () => page.locator("[data-event-id]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-event-id")));
  const shown = await rowsOf();
  const links: string[] = [];
  for (const item of ["Copy link to this range", "Copy relative link"]) {
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByRole("menuitem", { name: item }).click();
    await page.waitForFunction(() => (globalThis as { copied?: string }).copied);
    links.push(await page.evaluate(() => (globalThis as { copied?: string }).copied ?? ""));
    await page.evaluate(() => Object.assign(globalThis, { copied: undefined }));
  }
  await shoot(page, "explorer-copy-link");
  await page.setViewportSize({ width: 1440, height: 900 });
  await openMenu(page);
  await panel(page).getByRole("button", { name: "More for Everything that failed" }).click();
  await page.getByRole("menuitem", { name: "Open my activity log with it" }).click();
  await panel(page).getByText("Your default").waitFor();
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto(new URL(logs, page.url()).href);
  await page.waitForURL(/view=/);
  for (const link of links) {
    await page.goto(link);
    await expect.poll(rowsOf).toEqual(shown);
    expect(await button(page).getAttribute("data-view")).toBeNull();
  }
  expect(links.map((link) => [...new URL(link).searchParams.keys()])).toEqual([["to"], ["view"]]);
  expect(await tooWide(page)).toEqual([]);
  await context.close();
});

test("the palette offers a built-in view by the beginning of its name, before what only holds the letters", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/settings/general" });
  await page.getByRole("button", { name: "Search or jump" }).click();
  const options = page.getByRole("dialog", { name: "Search or jump" }).getByRole("option");
  await options.filter({ hasText: "Permission changes" }).waitFor();
  await page.keyboard.type("perm");
  await expect.poll(() => options.first().innerText()).toContain("Permission changes");
  await page.keyboard.press("Enter");
  await page.waitForURL(/logs\/activity\?view=permission-changes$/);
  await page.locator("[data-event-id]").first().waitFor();
  await context.close();
});

test("a view of the other log opens there", async () => {
  const { context, page } = await open();
  await openMenu(page);
  await panel(page).locator("[data-open-view]", { hasText: "Failed syncs" }).click();
  await page.waitForURL(/logs\/system\?view=failed-syncs/);
  await context.close();
});

describe("each state in both themes and at both widths, without a violation", () => {
  const menu = async (page: Page) => openMenu(page);
  const dialog = async (page: Page) => {
    await openMenu(page);
    await panel(page).getByRole("button", { name: "Save what you see" }).click();
    await page.getByRole("dialog", { name: "Save view" }).getByLabel("A team").check();
  };
  const states: [string, string, string, ((page: Page) => Promise<void>)?][] = [
    ["menu", logs, "Saved views", menu],
    ["dialog", logs, "Save view", dialog],
    ["modified", `${logs}?view=${fakeViewIds.shared}&q=status%3Asuccess&cols=default`, "modified: search, columns"],
    ["deleted link", `${logs}?view=0193cccc-0000-7000-8000-00000000dead&q=status%3Afailed`, "does not open"],
    ["a part that is not understood", `${logs}?view=${fakeViewIds.broken}`, "colour:red"],
    ["a short link that does not open", "/s/fake-link-number-99999", "This link does not open"],
  ];
  test.each(states)("%s", async (name, path, says, act) => {
    const { context, page, problems } = await visit(browser, { path });
    if (path.startsWith("/o/")) await page.getByRole("button", { name: /^Saved views/ }).waitFor();
    await act?.(page);
    await page
      .getByText(says)
      .first()
      .or(page.getByRole("dialog", { name: says }))
      .first()
      .waitFor();
    await page.waitForFunction(() => !document.querySelector("[data-state=loading]"));
    await look(page, `views-${name.replaceAll(" ", "-")}`);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.waitForTimeout(150);
      expect(await violations(page)).toEqual([]);
      expect([width, await tooWide(page)]).toEqual([width, []]);
    }
    expect(problems.filter((problem) => !/status of 404/.test(problem))).toEqual([]);
    await context.close();
  });
});

test("a part of a view that is not understood is struck through and matches nothing", async () => {
  const { context, page } = await visit(browser, { path: `${logs}?view=${fakeViewIds.broken}` });
  await page.locator("s", { hasText: "colour:red" }).waitFor();
  await page.getByText("This view shows no event").waitFor();
  expect(await page.getByText("This part is left out").count()).toBe(0);
  expect(await page.locator("[data-event-id]").count()).toBe(0);
  await context.close();
});
