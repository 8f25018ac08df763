import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entriesOf, keyAreas } from "../src/ui/key-map.ts";
import { fakeEvent, rowOf } from "../src/testing/fake-events.ts";
import { visit, type Visit } from "./browser.ts";
import { fakeStreams, sendLive } from "./fake-stream.ts";
import { look, shoot, violations } from "./look.ts";

const logs = "/o/acme/logs/activity";
const eventId = "01930000-0000-7000-8000-000000000420";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A log with its rows, its bars and its filters on screen. */
async function open(path = logs, more: Partial<Visit> = {}) {
  const visited = await visit(browser, { path, ...more });
  await visited.page.locator("[data-event-id]").first().waitFor();
  await visited.page.locator("[data-query-bar]").waitFor();
  return visited;
}
const palette = (page: Page) => page.getByRole("dialog", { name: "Search or jump" });
const options = (page: Page) => palette(page).getByRole("option");
async function openPalette(page: Page) {
  await page.keyboard.press("Control+k");
  await options(page).first().waitFor();
}
const search = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

describe("the palette", () => {
  test("opens by key and by its button, goes where the chosen line says, and Escape gives the focus back", async () => {
    const { context, page, problems } = await open();
    await page.getByRole("button", { name: "Search or jump" }).click();
    await options(page).first().waitFor();
    await page.keyboard.press("Escape");
    await palette(page).waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toBe("Search or jump");
    await openPalette(page);
    await page.keyboard.type("api tok");
    await expect.poll(() => options(page).first().innerText()).toContain("Settings: API tokens");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/settings\/tokens$/);
    await openPalette(page);
    await expect.poll(() => options(page).first().innerText()).toContain("Settings: API tokens");
    expect(problems).toEqual([]);
    await context.close();
  });

  test("finds saved views, other organizations and what the open page can do, by the key that does it", async () => {
    const { context, page } = await open();
    await openPalette(page);
    await page.keyboard.type("failed oper");
    await options(page)
      .filter({ hasText: /^Failed operations/ })
      .click();
    await page.waitForURL(/view=failed-operations/);
    await page.locator("[data-event-id]").first().waitFor();
    await openPalette(page);
    await page.keyboard.type("next density");
    await expect.poll(() => options(page).first().innerText()).toMatch(/density/i);
    await page.keyboard.press("Enter");
    await page.waitForURL(/density=/);
    await openPalette(page);
    await page.keyboard.type("search events");
    await options(page)
      .filter({ hasText: /^Search events/ })
      .first()
      .click();
    await expect.poll(() => focused(page)).toBe("Search events");
    await openPalette(page);
    await page.keyboard.type("northwind");
    await expect.poll(() => options(page).first().innerText()).toMatch(/northwind/i);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/o\/northwind-demo\/logs\/activity/);
    await context.close();
  });

  test.each([
    [eventId, new RegExp(`/events/${eventId}$`)],
    ["alice@company.com", /logs\/activity\?q=actor%3Aalice%40company.com&range=7d$/],
    ["192.168.1.100", /logs\/activity\?q=ip%3A192.168.1.100&range=7d$/],
  ])("what is pasted leads to where it belongs: %s", async (pasted, where) => {
    const { context, page } = await open(`${logs}?range=7d`);
    await openPalette(page);
    await page.keyboard.insertText(pasted);
    await expect.poll(() => options(page).first().innerText()).toContain(pasted.slice(0, 8));
    await page.keyboard.press("Enter");
    await page.waitForURL(where);
    await context.close();
  });

  test("any text can be searched for in the log, from any page", async () => {
    const { context, page } = await visit(browser, { path: "/o/acme/preferences" });
    await page.getByRole("heading", { name: "Preferences" }).waitFor();
    await openPalette(page);
    await page.keyboard.type("sales zebra");
    await options(page).filter({ hasText: "Search events for “sales zebra”" }).click();
    await page.waitForURL(/logs\/activity\?q=sales\+zebra$/);
    await context.close();
  });

  test("is a combobox that owns a list, with one option active, and stands in both themes without a violation", async () => {
    const { context, page } = await open();
    await openPalette(page);
    const input = palette(page).getByRole("combobox");
    const activeId = () => input.getAttribute("aria-activedescendant");
    const first = await activeId();
    await page.keyboard.press("ArrowDown");
    await expect.poll(activeId).not.toBe(first);
    await expect.poll(async () => page.locator(`#${CSS_escape(await activeId())}`).getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect.poll(async () => page.locator(`#${CSS_escape(await activeId())}`).innerText()).toContain("Dark theme");
    await look(page, "palette");
    await context.close();
  });
});

/** Ids that React made may hold signs that a selector gives a meaning. */
const CSS_escape = (id: string | null): string => (id ?? "").replaceAll(/[^\w-]/g, (sign) => `\\${sign}`);

describe("keys", () => {
  test("the sheet lists every key there is, those of the open page first", async () => {
    const { context, page } = await open();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await sheet.waitFor();
    const listed = await sheet
      .locator("[data-area]")
      .evaluateAll((areas) =>
        areas.flatMap((area) => [...area.querySelectorAll("[data-key]")].map((key) => `${area.getAttribute("data-area")} ${key.getAttribute("data-key")}`)),
      );
    const all = keyAreas.flatMap((area) => entriesOf(area).flatMap(({ on }) => on.map((key) => `${area} ${key}`)));
    expect(listed.toSorted()).toEqual(all.toSorted());
    await look(page, "sheet");
    await context.close();
  });

  test("single keys do what the map says, and none of them while something is written", async () => {
    const { context, page } = await open();
    await page.keyboard.press("[");
    await page.getByRole("button", { name: "Show sidebar" }).waitFor();
    await page.keyboard.press("[");
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    await page.keyboard.press("f");
    await page.getByRole("button", { name: "Show filters" }).waitFor();
    await page.keyboard.press("f");
    await page.getByRole("complementary", { name: "Filters" }).waitFor();
    await page.keyboard.press("d");
    await page.waitForURL(/density=cosy/);
    await page.keyboard.press("v");
    await page.getByRole("dialog", { name: "Saved views" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await page.getByRole("dialog", { name: "Time range" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await expect.poll(() => focused(page)).toBe("Search events");
    await page.keyboard.type("g s d");
    expect(page.url()).toContain("/logs/activity");
    await expect.poll(() => page.getByRole("combobox", { name: "Search events" }).inputValue()).toBe("g s d");
    await context.close();
  });

  test("two keys in a row go to a place, and what the page means by the second alone does not happen", async () => {
    const { context, page } = await open();
    for (const [keys, where] of [
      ["gs", /logs\/system/],
      ["go", /operations/],
      ["gi", /incidents/],
      ["ga", /logs\/activity/],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForURL(where);
    }
    await page.locator("[data-event-id]").first().waitFor();
    expect(await focused(page)).not.toBe("Search events");
    await context.close();
  });

  test("single keys can be switched off, and Escape, arrows and combinations go on working", async () => {
    const { context, page } = await visit(browser, { path: "/o/acme/preferences" });
    await page.getByRole("switch", { name: "Single keys" }).click();
    await page.goto(new URL(logs, page.url()).href);
    await page.locator("[data-event-id]").first().waitFor();
    for (const key of ["?", "g", "i", "d", "[", "j"]) await page.keyboard.press(key);
    await page.waitForTimeout(200);
    expect([new URL(page.url()).pathname, search(page), await page.getByRole("dialog").count()]).toEqual([logs, {}, 0]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("[data-open-event][data-state=ready]").waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("event"));
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await page.getByRole("note").filter({ hasText: "Single keys are off" }).waitFor();
    await page.keyboard.press("Escape");
    await openPalette(page);
    await context.close();
  });

  test("the explorer is walked by keys alone: search, rows, a cell, the drawer and its tabs, and back to the row", async () => {
    const { context, page, problems } = await open();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.locator("[data-open-event][data-state=ready]").waitFor();
    const id = search(page)["event"];
    await page.getByRole("tab", { name: /Details/ }).focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/tab=/);
    await page.keyboard.press("Escape");
    await page.waitForFunction((each) => document.activeElement?.getAttribute("data-event-id") === each, id);
    const seen = new Set<string>();
    await page.getByRole("link", { name: "Skip to content" }).focus();
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return "body";
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        const field = element.closest(".control");
        const ring = outlineStyle === "none" && field ? getComputedStyle(field).outlineStyle : outlineStyle;
        const name = `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 30)}`;
        return ring === "none" && boxShadow === "none" && outlineWidth !== "0px" ? `no ring: ${name}` : name;
      });
      if (at === "body") break;
      seen.add(at);
    }
    expect([...seen].filter((each) => each.startsWith("no ring"))).toEqual([]);
    expect(seen.size).toBeGreaterThan(8);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe("preferences", () => {
  test("are kept in this browser, take effect at once, and a link that says otherwise gets its way", async () => {
    const { context, page } = await visit(browser, { path: "/o/acme/preferences" });
    const group = (name: string) => page.getByRole("group", { name });
    await group("Density of rows").getByRole("button", { name: "Two lines" }).click();
    await group("Times in logs").getByRole("button", { name: "UTC" }).click();
    await page.getByText("Now told in UTC").waitFor();
    await look(page, "preferences");
    await page.goto(new URL(logs, page.url()).href);
    await page.locator("[data-event-id]").first().waitFor();
    await expect.poll(() => page.getByRole("grid").getAttribute("data-density")).not.toBe("28");
    const first = () => page.locator("[data-event-id] time").first();
    const utc = await first().innerText();
    expect(utc.replace(/\s+/, " ")).toContain(((await first().getAttribute("datetime")) ?? "").slice(11, 19));
    await page.goto(new URL(`${logs}?tz=home&density=compact`, page.url()).href);
    await page.locator("[data-event-id]").first().waitFor();
    await expect.poll(() => page.getByRole("grid").getAttribute("data-density")).toBe("28");
    await expect.poll(() => first().innerText()).not.toBe(utc);
    await context.close();
  });
});

describe("quality", () => {
  test("with less motion wanted nothing moves", async () => {
    const { context, page } = await open(logs, { prepare: (each) => each.emulateMedia({ reducedMotion: "reduce" }) });
    await page.keyboard.press("Control+k");
    await options(page).first().waitFor();
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll("*")]
          .map((element) => getComputedStyle(element))
          .filter(
            ({ animationName, animationDuration, transitionDuration }) =>
              (animationName !== "none" && parseFloat(animationDuration) > 0.001) || parseFloat(transitionDuration) > 0,
          ).length,
    );
    expect(moving).toBe(0);
    await context.close();
  });

  test("with colours forced the screen is still told apart by borders and words", async () => {
    const { context, page } = await open(logs, { prepare: (each) => each.emulateMedia({ forcedColors: "active" }) });
    await page.waitForSelector("[data-panel=histogram][data-state=ready] svg");
    await shoot(page, "forced-colors");
    // Success is hollow, failure full: each in one colour of the reader's own.
    const fillsOf = (bar: string) => page.locator(`svg .${bar}`).evaluateAll((bars) => [...new Set(bars.map((each) => getComputedStyle(each).fill))]);
    const [ok, failed, progress] = [await fillsOf("bar-ok"), await fillsOf("bar-failed"), await fillsOf("bar-progress")];
    expect([ok, failed, progress].map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(new Set([...ok, ...failed, ...progress]).size).toBe(3);
    expect(await page.locator("[data-event-id]").first().innerText()).toMatch(/Success|Failed|Pending|In progress/);
    await context.close();
  });

  test.each([
    ["320 pixels wide", 320, 640],
    ["at 200 % of 1280", 640, 450],
  ])("%s: nothing is lost and nothing scrolls sideways", async (_, width, height) => {
    const { context, page } = await open(logs, { width, height });
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Search or jump" }).click();
    await options(page).first().waitFor();
    const box = await palette(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Time range/ }).click();
    const picker = page.getByRole("dialog", { name: "Time range" });
    await picker.getByRole("button", { name: "Today" }).click();
    await page.waitForURL(/range=today/);
    if (width < 640) await page.getByRole("button", { name: /^Time range/ }).click();
    await page.getByRole("button", { name: "One window earlier" }).click();
    await page.waitForURL(/range=yesterday/);
    expect(await sideways()).toBeLessThanOrEqual(0);
    await context.close();
  });

  test("who has ticked a box goes on by the keys of the page", async () => {
    const { context, page } = await open();
    await page.getByRole("checkbox", { name: "Failed", exact: true }).first().click();
    await page.waitForURL(/status/);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await context.close();
  });

  test("nothing jumps: while loading, as new events slide in, filtering, opening an event and closing it", async () => {
    const { context, page } = await open(logs, {
      prepare: async (each) => {
        await fakeStreams(each);
        await each.addInitScript(() => {
          const shifts: number[] = [];
          Object.assign(globalThis, { shifts });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
              if (!entry.hadRecentInput) shifts.push(entry.value);
          }).observe({ type: "layout-shift", buffered: true });
        });
      },
    });
    await page.waitForSelector("[data-panel=histogram][data-state=ready] svg");
    await page.waitForSelector("[data-live=live]");
    const arrived = { ...rowOf(fakeEvent(0, 9_000, Date.parse("2026-11-20T12:30:00Z"))), log_type: "activity" as const, operation_id: null };
    await sendLive(page, [arrived]);
    await page.waitForSelector(`[data-event-id="${arrived.id}"]`);
    await page.locator("[data-event-id]").nth(2).click();
    await page.locator("[data-open-event][data-state=ready]").waitFor();
    await page.keyboard.press("Escape");
    await page
      .getByRole("checkbox", { name: /Failed/ })
      .first()
      .click();
    await page.waitForURL(/status/);
    await page.waitForTimeout(500);
    const shifted = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, each) => sum + each, 0));
    expect(shifted).toBeLessThanOrEqual(0.02);
    await context.close();
  });
});
