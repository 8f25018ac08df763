import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit, type Visit } from "./browser.ts";
import { look, violations } from "./look.ts";

const logs = "/o/acme/logs/activity";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(path = logs, more: Partial<Visit> = {}) {
  const visited = await visit(browser, { path, ...more });
  visited.page.setDefaultTimeout(10_000);
  await visited.page.waitForSelector("[data-panel=events][data-state=ready]");
  return visited;
}
const bar = (page: Page) => page.getByRole("combobox", { name: "Search events" });
const options = (page: Page) => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
const option = (page: Page, name: string | RegExp) => options(page).filter({ hasText: name });
const q = (page: Page): string => new URL(page.url()).searchParams.get("q") ?? "";
const poll = <T>(of: () => T | Promise<T>) => expect.poll(async () => of(), { timeout: 5_000 });
const activeOption = (page: Page) =>
  bar(page).evaluate((input) => document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent ?? null);

/** The key works once the page listens to it. */
async function slash(page: Page): Promise<void> {
  await poll(async () => {
    const isThere = await bar(page).evaluate((input) => input === document.activeElement);
    if (!isThere) await page.keyboard.press("/");
    return isThere;
  }).toBe(true);
}

test("by keyboard alone: suggest a key, then its values with counts, pick, leave out, undo, and take a chip away", async () => {
  const { context, page, problems } = await open();
  await slash(page);
  await option(page, "status:").waitFor();
  await look(page, "bar-keys");
  await page.keyboard.type("sta");
  await poll(() => options(page).count()).toBe(1);
  await page.keyboard.press("ArrowDown");
  await poll(() => activeOption(page)).toContain("status:");
  await page.keyboard.press("Enter");
  await poll(() => bar(page).inputValue()).toBe("status:");
  expect(q(page)).toBe("");
  await option(page, /failed.*42 events/).waitFor();
  await look(page, "bar-values");
  await page.keyboard.type("fa");
  await page.keyboard.press("Tab");
  await poll(() => bar(page).inputValue()).toBe("status:failed ");
  expect(q(page)).toBe("");
  await page.keyboard.type("-act");
  await page.keyboard.press("Tab");
  await page.keyboard.type("database_u");
  await option(page, "database_updated").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await poll(() => q(page)).toBe("-action:database_updated status:failed");
  // What was picked is taken back like what was typed.
  await page.keyboard.type(" Alice");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await poll(() => bar(page).evaluate((input) => input === document.activeElement)).toBe(false);
  await page.getByRole("button", { name: "Remove filter Status: Failed" }).focus();
  await page.keyboard.press("Delete");
  await poll(() => q(page)).toBe("-action:database_updated");
  await poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Remove filter Action: not Database updated");
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test("undo within the field takes back what a suggestion wrote", async () => {
  const { context, page } = await open();
  await slash(page);
  await page.keyboard.type("resource_t");
  await page.keyboard.press("Tab");
  await poll(() => bar(page).inputValue()).toBe("resource_type:");
  await page.keyboard.press("Control+z");
  await poll(() => bar(page).inputValue()).toBe("resource_t");
  await page.keyboard.press("Control+Shift+z");
  await poll(() => bar(page).inputValue()).toBe("resource_type:");
  await context.close();
});

test("people are found by name or address as they are typed, one request at a time, and by their beginning", async () => {
  const { context, page } = await open();
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith("events.values")) asked.push((JSON.parse(url.searchParams.get("input") ?? "{}") as { text: string }).text);
  });
  await slash(page);
  await page.keyboard.type("actor:chen", { delay: 20 });
  await option(page, /alice@company\.com.*Alice Chen.*events/).waitFor();
  await option(page, /chen\*.*Begins with/).waitFor();
  await poll(() => asked.at(-1)).toBe("chen");
  expect(asked.length).toBeLessThanOrEqual(2);
  await option(page, /alice@company/).click();
  await poll(() => q(page)).toBe("actor:alice@company.com");
  await context.close();
});

test("an unknown key does not run: the rows stay, the bar says why, and one press mends it", async () => {
  const { context, page } = await open();
  const before = await page.locator("[data-event-id]").first().getAttribute("data-event-id");
  await slash(page);
  await page.keyboard.type("statsu:failed");
  await page.keyboard.press("Enter");
  await page.getByText(/There is no key “statsu”/).waitFor();
  expect(q(page)).toBe("");
  expect(await bar(page).getAttribute("aria-invalid")).toBe("true");
  expect(await page.locator("[data-event-id]").first().getAttribute("data-event-id")).toBe(before);
  await look(page, "bar-error");
  await page.getByRole("button", { name: "Write status:" }).click();
  await poll(() => bar(page).inputValue()).toBe("status:failed");
  await page.keyboard.press("Control+Enter");
  await poll(() => q(page)).toBe("status:failed");
  await context.close();
});

test("what was typed and not run stays in sight, marked as not applied", async () => {
  const { context, page } = await open();
  await bar(page).fill("created:yesterday status:failed");
  await page.getByRole("button", { name: "Refresh" }).focus();
  await page.getByText("The rows are still those of the search before.").waitFor();
  expect(q(page)).toBe("");
  expect(await bar(page).inputValue()).toBe("created:yesterday status:failed");
  await page.locator("aside [data-facet=status]").getByRole("checkbox", { name: "Pending" }).click();
  await poll(() => bar(page).inputValue()).toBe("status:pending_approval");
  await context.close();
});

test.each([
  ["192.168.1.5", "ip:192.168.1.5"],
  ["10.0.0.0/8", "ip:10.0.0.0/8"],
  ["bob@company.com", "actor:bob@company.com"],
  ["01930000-0000-7000-8000-000000000420", "id:01930000-0000-7000-8000-000000000420"],
])("a pasted %s is offered as %s", async (pasted, offered) => {
  const { context, page } = await open();
  await slash(page);
  await page.keyboard.insertText(pasted);
  await option(page, offered).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await poll(() => q(page)).toBe(offered);
  await context.close();
});

test("earlier searches are offered in an empty bar, the newest first", async () => {
  const { context, page } = await open();
  for (const text of ["status:failed", "operation:updated"]) {
    await bar(page).fill(text);
    await bar(page).press("Enter");
    await poll(() => q(page)).toBe(text);
  }
  await page.getByRole("button", { name: "Clear search" }).click();
  await poll(() => q(page)).toBe("");
  await bar(page).press("ArrowDown");
  await poll(() => page.getByRole("group", { name: "Recent searches" }).getByRole("option").allInnerTexts()).toEqual(["operation:updated", "status:failed"]);
  await context.close();
});

test("the help names every key and puts an example into the bar", async () => {
  const { context, page } = await open();
  await page.getByRole("button", { name: "How to search" }).click();
  const help = page.getByRole("dialog", { name: "How to search" });
  await help.getByText("also user").waitFor();
  await look(page, "bar-help");
  await help.getByRole("button", { name: "duration:>1s", exact: true }).click();
  await poll(() => bar(page).inputValue()).toBe("duration:>1s");
  expect(q(page)).toBe("");
  await context.close();
});

test("every filter at once: nothing changes before Apply, and what is applied is the same search", async () => {
  const { context, page } = await open();
  await page.getByRole("button", { name: "All filters" }).click();
  const dialog = page.getByRole("dialog", { name: "All filters" });
  for (const [list, value] of [
    ["Team", "Finance"],
    ["Action", "Database updated"],
    ["Person", "Alice Chen"],
  ] as const) {
    await dialog.getByRole("button", { name: new RegExp(`^${list} `) }).click();
    await dialog
      .getByRole("group", { name: list })
      .getByRole("checkbox", { name: new RegExp(`^${value}`) })
      .first()
      .check();
  }
  await dialog.getByLabel("Period").selectOption("90d");
  await look(page, "all-filters");
  expect(new URL(page.url()).search).toBe("");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await poll(() => q(page)).toBe("action:database_updated actor:alice@company.com team:finance");
  expect(new URL(page.url()).searchParams.get("range")).toBe("90d");
  await context.close();
});

test("on a phone the rail is a sheet that filters as it is pressed and says what that comes to", async () => {
  const { context, page } = await open(logs, { width: 390 });
  await page.getByRole("button", { name: /^Filters/ }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("button", { name: "Only Failed" }).click();
  await sheet.getByRole("button", { name: "Show 42 events" }).waitFor();
  await look(page, "phone-sheet");
  await sheet.getByRole("button", { name: "Show 42 events" }).click();
  await sheet.waitFor({ state: "detached" });
  expect(q(page)).toBe("status:failed");
  await context.close();
});
