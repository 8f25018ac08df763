import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeCase, signedReview } from "../src/testing/fake-investigations.ts";
import { visit } from "./browser.ts";
import { look } from "./look.ts";
import { memberSession } from "./member-session.ts";

const path = "/o/acme/investigate/12";
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const refusedWith = (code: string, httpStatus: number, message: string) => ({
  status: httpStatus,
  body: JSON.stringify({
    error: { message, code: -32009, data: { code: code.toUpperCase(), httpStatus, refusal: { code, message, path: null }, requestId: "r" } },
  }),
});
const conflict = refusedWith(
  "conflict",
  409,
  "Bob Martin changed case 12 in the meantime. See what it says now, and make your change again if it still holds.",
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** What the page asked to change, in its order. */
function changesOf(page: Page): [string, unknown][] {
  const asked: [string, unknown][] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") asked.push([new URL(request.url()).pathname.replace("/trpc/", ""), request.postDataJSON()]);
  });
  return asked;
}

test("by keyboard alone: to an event, pinned, unpinned, a note", async () => {
  const { context, page, problems } = await visit(browser, { path: `${path}?step=exports` });
  const asked = changesOf(page);
  await page.waitForSelector("[data-open-step=exports] [data-event-id]");
  await page.keyboard.press("p");
  await page.getByText("Go to an event with j first").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = await page.locator("[data-open-step=exports] [data-event-id]").first().getAttribute("data-event-id");
  await page.waitForFunction((id) => document.activeElement?.closest("[data-event-id]")?.getAttribute("data-event-id") === id, first);
  const eventId = await page.evaluate(() => document.activeElement?.closest("[data-event-id]")?.getAttribute("data-event-id"));
  const isPinned = fakeCase.timeline.some((entry) => entry.kind === "event" && entry.event.id === eventId);
  await page.keyboard.press("p");
  await expect
    .poll(() => asked.at(-1))
    .toEqual(isPinned ? ["cases.unpin", { caseId: fakeCase.id, eventId }] : ["cases.pin", { caseId: fakeCase.id, eventIds: [eventId] }]);
  await page.keyboard.press("n");
  await page.keyboard.type("Asked Bob");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => asked.at(-1)).toEqual(["cases.addNote", { caseId: fakeCase.id, text: "Asked Bob" }]);
  expect(problems).toEqual([]);
  await context.close();
});

test("a search that somebody else edited in the meantime is refused with words, and what was typed stays", async () => {
  const { context, page } = await visit(browser, { path: `${path}?step=exports`, answer: (asked) => (asked === "cases.editStep" ? conflict : null) });
  const search = page.getByLabel("Search of this step");
  await search.fill("operation:exported rows:>5");
  await search.press("Enter");
  await page.getByRole("alert").filter({ hasText: "Bob Martin changed case 12" }).waitFor();
  expect(await search.inputValue()).toBe("operation:exported rows:>5");
  await search.press("Escape");
  expect(await search.inputValue()).toBe("namespace:reports");
  await context.close();
});

test("a search that makes no sense is said so while it is typed, with a way to mend it", async () => {
  const { context, page } = await visit(browser, { path: `${path}?step=exports` });
  const asked = changesOf(page);
  const search = page.getByLabel("Search of this step");
  await search.fill("stauts:failed");
  const alert = page.locator("[data-open-step]").getByRole("alert");
  await alert.getByRole("button").click();
  expect(await search.inputValue()).toBe("status:failed");
  await alert.waitFor({ state: "detached" });
  await search.fill("(");
  await search.press("Enter");
  await alert.waitFor();
  expect(asked).toEqual([]);
  await context.close();
});

test("a closed case is read only, and opened again with one press", async () => {
  const closed = { ...fakeCase, state: "closed", conclusion: "A stolen laptop" };
  const { context, page } = await visit(browser, { path: `${path}?step=exports`, answer: (asked) => (asked === "cases.get" ? answered(closed) : null) });
  const asked = changesOf(page);
  await page.waitForSelector("[data-event-id]");
  expect(await page.getByRole("button", { name: /^Pin:|^Unpin:/ }).count()).toBe(0);
  expect(await page.getByLabel("Search of this step").getAttribute("readonly")).not.toBeNull();
  await page.keyboard.press("n");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await page.getByRole("button", { name: "Open again" }).click();
  await expect.poll(() => asked).toEqual([["cases.reopen", { caseId: fakeCase.id, revision: 3 }]]);
  await context.close();
});

test("a case that is somebody else's says so, and a member without the grant hears who can help", async () => {
  const messages = [
    "There is no such case, or it is not yours to see.",
    "Auditors do not hold `cases:work`. An owner or admin of the organization can do this.",
  ];
  for (const [at, message] of messages.entries()) {
    const refused = refusedWith(at === 0 ? "not_found" : "forbidden", at === 0 ? 404 : 403, message);
    const { context, page } = await visit(browser, { path, answer: (asked) => (asked === "cases.get" ? refused : null) });
    await page.getByRole("alert").filter({ hasText: message }).waitFor();
    await context.close();
  }
});

test("a link opens a recipe with what it is about", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/investigate?recipe=failed_operation&kind=operation&subject=op_1" });
  const asked = changesOf(page);
  expect(await page.getByLabel("Which operation?").inputValue()).toBe("op_1");
  await page.getByRole("button", { name: "Everything", exact: true }).click();
  await page.getByRole("button", { name: "Start case" }).click();
  await page.waitForURL(/investigate\/12$/);
  expect(asked).toEqual([["cases.create", { recipe: "failed_operation", subject: { kind: "operation", value: "op_1" } }]]);
  await context.close();
});

test("a week is not signed off before everything was looked at, and not on figures that changed meanwhile", async () => {
  const late = refusedWith("conflict", 409, "Events of that week arrived since you opened the page. Look at the new figures, then sign off.");
  const { context, page } = await visit(browser, { path: "/o/acme/review" });
  expect(await page.getByRole("button", { name: "Sign off the week" }).isDisabled()).toBe(true);
  await page.getByText("Not looked at yet: Large exports, New actions.").waitFor();
  const asked = changesOf(page);
  await page.getByLabel("Note on Large exports").fill("All by the warehouse");
  await page.getByRole("button", { name: "Looked at: Large exports" }).press("Enter");
  await expect.poll(() => asked.at(-1)).toEqual(["reviews.check", { week: "2026-11-09", item: "large_exports", note: "All by the warehouse" }]);
  await context.close();
  const open = { ...signedReview, state: "open", signature: null };
  const again = await visit(browser, {
    path: "/o/acme/review",
    answer: (path_) => (path_ === "reviews.get" ? answered(open) : path_ === "reviews.signOff" ? late : null),
  });
  const sent = changesOf(again.page);
  await again.page.getByLabel("Statement").fill("Looked at everything");
  await again.page.getByRole("button", { name: "Sign off the week" }).click();
  await again.page.getByRole("alert").filter({ hasText: "arrived since you opened the page" }).waitFor();
  expect(sent).toEqual([
    [
      "reviews.signOff",
      { week: "2026-11-09", statement: "Looked at everything", seen: { permission_changes: 14, failed_operations: 49, large_exports: 10_000, new_actions: 0 } },
    ],
  ]);
  await again.context.close();
});

test("events that were chosen in the log go to a case that is open, or to a new one that is named on the way", async () => {
  for (const isNew of [false, true]) {
    const { context, page } = await visit(browser, { path: "/o/acme/logs/activity" });
    const asked = changesOf(page);
    await page.waitForSelector("[data-event-id]");
    await page.keyboard.press("j");
    await page.waitForFunction(() => document.activeElement?.closest("[data-event-id]") != null);
    await page.keyboard.press("x");
    const eventId = await page.evaluate(() => document.activeElement?.closest("[data-event-id]")?.getAttribute("data-event-id"));
    await page.getByRole("toolbar", { name: "Selected events" }).getByRole("button", { name: /case/i }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Case 12: Leak of orders").waitFor();
    if (isNew) {
      await page.keyboard.type("Zebra");
      await dialog.getByLabel("New case “Zebra”").check();
    } else await dialog.getByLabel("Case 12: Leak of orders").check();
    await dialog.getByRole("button", { name: "Pin 1 event" }).click();
    await page.getByText("1 event pinned to case 12.").waitFor();
    expect(asked.filter(([verb]) => verb.startsWith("cases."))).toEqual([
      ...(isNew ? [["cases.create", { recipe: "blank", title: "Zebra" }]] : []),
      ["cases.pin", { caseId: fakeCase.id, eventIds: [eventId] }],
    ]);
    await context.close();
  }
});

test("the event that is open goes to a case from its own details, for whoever works on cases", async () => {
  for (const mayPin of [true, false]) {
    const { context, page } = await visit(browser, {
      path: "/o/acme/logs/activity",
      answer: (asked) => (asked === "session.me" && !mayPin ? answered(memberSession()) : null),
    });
    const asked = changesOf(page);
    await page.locator("[data-event-id]").first().click();
    const drawer = page.locator("[data-open-event][data-state=ready]");
    await drawer.waitFor();
    const pin = drawer.getByRole("button", { name: "Add to a case" });
    if (!mayPin) {
      expect(await pin.count()).toBe(0);
      await context.close();
      continue;
    }
    await pin.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Case 12: Leak of orders").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    // The question is gone, and the event still open.
    await expect.poll(() => pin.evaluate((button) => button === document.activeElement)).toBe(true);
    await pin.press("Enter");
    await dialog.getByLabel("Case 12: Leak of orders").check();
    await look(page, "event-add-to-case");
    await dialog.getByRole("button", { name: "Pin 1 event" }).click();
    await page.getByText("1 event pinned to case 12.").waitFor();
    expect(asked.filter(([verb]) => verb === "cases.pin")).toEqual([
      ["cases.pin", { caseId: fakeCase.id, eventIds: [await drawer.getAttribute("data-open-event")] }],
    ]);
    await context.close();
  }
});

test("from a cell of the log, whom or what it names is looked into, by whoever works on cases", async () => {
  const { context, page, problems } = await visit(browser, { path: "/o/acme/logs/activity" });
  const cell = (text: string) => page.locator("[data-event-id]").first().getByText(text, { exact: true });
  await cell("Alice Chen").click({ button: "right" });
  await look(page, "cell-menu-case");
  await page.getByRole("menuitem", { name: "Investigate alice@company.com" }).click();
  await page.waitForURL(/investigate/);
  await expect.poll(() => page.getByLabel("Whose acts?").inputValue()).toBe("alice@company.com");
  await page.goBack();
  await page.locator("[data-event-id]").first().getByText("Updated database sales_db").click({ button: "right" });
  await page.getByRole("menuitem", { name: "What changed with sales_db" }).click();
  await expect.poll(() => page.getByLabel("Which resource?").inputValue()).toBe("sales_db");
  expect(problems).toEqual([]);
  await context.close();
  const member = await visit(browser, { path: "/o/acme/logs/activity", answer: (asked) => (asked === "session.me" ? answered(memberSession()) : null) });
  await member.page.locator("[data-event-id]").first().getByText("Alice Chen", { exact: true }).click({ button: "right" });
  await member.page.getByRole("menuitem", { name: "Include" }).waitFor();
  expect(await member.page.getByRole("menuitem", { name: /Investigate/ }).count()).toBe(0);
  await member.context.close();
});
