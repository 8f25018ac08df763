import { launchChromium } from "@daybook/testkit";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { untoldAction, untoldCatalog } from "../src/testing/fake-catalog.ts";
import { closedCase, signedReview } from "../src/testing/fake-investigations.ts";
import { noOwnRules } from "../src/testing/fake-redaction.ts";
import { barredSession } from "../src/testing/fake-security.ts";
import { fakeState } from "../src/testing/fake-server.ts";
import { visit, type Visit } from "./browser.ts";
import { lanes } from "./lanes.ts";
import { holds, look } from "./look.ts";

const logs = "/o/acme/logs/activity";
const newestId = "01930000-0000-7000-8000-000000000420";
const noOperations = { status: 200, body: JSON.stringify({ result: { data: { operations: [], nextCursor: null } } }) };
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const untold: Record<string, ReturnType<typeof answered>> = { "catalog.list": answered(untoldCatalog), "catalog.get": answered(untoldAction) };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const teamId = "0193bbbb-0000-7000-8000-000000000001";
/** What `routes.e2e.test.ts` does not come to by itself: screens as an address, an answer or a person makes them. */
const screens: (Omit<Visit, "theme" | "width"> & { name: string })[] = [
  { name: "system logs", path: "/o/acme/logs/system" },
  { name: "filtered logs", path: `${logs}?status=failed&status=success&q=sales&range=30d` },
  { name: "event drawer", path: `${logs}?event=${newestId}` },
  { name: "changes", path: `${logs}?event=${newestId}&tab=changes` },
  { name: "event page with raw event", path: `/o/acme/events/${newestId}?tab=raw` },
  { name: "ended operations", path: "/o/acme/operations?state=ended" },
  { name: "no operations that wait", path: "/o/acme/operations?state=waiting", answer: (path) => (path === "operations.list" ? noOperations : null) },
  { name: "operation", path: "/o/acme/operations?operation=op_1" },
  { name: "operation never ended", path: "/o/acme/operations?state=never_ended&operation=op_lost" },
  { name: "catalog by volume", path: "/o/acme/catalog?order=volume" },
  { name: "custom actions of the catalog", path: "/o/acme/catalog?state=custom&action=kiln_fired" },
  { name: "action of the catalog", path: "/o/acme/catalog?action=connection_member_added_with_role" },
  { name: "action never seen", path: "/o/acme/catalog?state=never&action=organization_variable_created" },
  { name: "nothing found in the catalog", path: "/o/acme/catalog?q=zebra" },
  { name: "catalog of a member", path: "/o/acme/catalog?action=user_logged_in", answer: (path) => untold[path] ?? null },
  { name: "starting a case", path: "/o/acme/investigate?recipe=failed_operation" },
  { name: "case", path: "/o/acme/investigate/12?step=readers" },
  { name: "case step with edited search", path: "/o/acme/investigate/12?step=exports" },
  { name: "case step over time", path: "/o/acme/investigate/12?step=timeline" },
  { name: "pins and notes of a case", path: "/o/acme/investigate/12?step=case" },
  { name: "closed case", path: "/o/acme/investigate/12", answer: (path) => (path === "cases.get" ? answered(closedCase) : null) },
  { name: "case that is not there", path: "/o/acme/investigate/none" },
  { name: "weekly review signed off", path: "/o/acme/review", answer: (path) => (path === "reviews.get" ? answered(signedReview) : null) },
  { name: "mail", path: "/o/acme/mailbox?mail=m_1" },
  { name: "redaction without own rules", path: "/o/acme/settings/redaction", answer: (path) => (path === "redaction.list" ? answered(noOwnRules) : null) },
  { name: "barred by the sign-in rules", path: logs, answer: (path) => (path === "session.me" ? answered(barredSession) : null) },
  { name: "sign-in that came to nothing", path: "/sign-in?problem=other_domain", state: { signedIn: false } },
  { name: "organization logs of a team", path: `/o/acme/organization/audit-logs/activity?q=team%3A${teamId}` },
  { name: "a log through somebody else's eyes", path: `${logs}?as=0193aaaa-0000-7000-8000-000000000009` },
];
const inLane = lanes();

test.concurrent.each(screens)("$name: no accessibility violation, nothing the browser complains of, no sideways scroll", ({ name, ...screen }) =>
  inLane(async () => {
    const { context, page } = await visit(browser, { ...screen, height: 620 });
    await page.waitForSelector("h1");
    await page.waitForFunction(() => !document.querySelector("[data-state=loading]"));
    await holds(page, name);
    await context.close();
  }),
);

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
  await page.waitForURL(/q=status%3Afailed/);
  const chart = page.getByRole("slider");
  await chart.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Enter");
  await page.waitForURL(/from=.*to=/);
  await page.getByRole("button", { name: "Reset zoom" }).waitFor();
  await page.locator("[data-event-id]").first().click();
  await page.waitForURL(/event=/);
  for (const gone of ["event", "from", "q"]) {
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.has(gone)).toBe(false);
  }
  await page.goForward();
  await page.getByRole("listitem").filter({ hasText: "Status: Failed" }).waitFor();
  await context.close();
});

test("an operation is opened from its list by keyboard, leads to its events, and Back returns to the list", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/operations?state=ended" });
  await page.getByRole("button", { name: "Never ended" }).press("Enter");
  await page.waitForURL(/state=never_ended$/);
  await page.getByRole("link", { name: /Started synchronising a warehouse/ }).press("Enter");
  await page.waitForURL(/operation=op_lost/);
  await page.getByText(/Never ended: no word for/).waitFor();
  await page
    .getByRole("list")
    .getByRole("link", { name: /Requested/ })
    .waitFor();
  await page.goBack();
  await page.waitForSelector("tr[data-operation=op_lost]");
  await context.close();
});

test("an event says how its operation stands, and leads to it", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/logs/system?event=01930000-0000-7000-8000-000000000411" });
  await page.getByRole("link", { name: "Operation ended after 4 m 12 s" }).click();
  await page.getByRole("heading", { name: /Finished synchronising dbt/ }).waitFor();
  await context.close();
});

test("the catalog is walked by keys, its details follow, and Escape gives the row its focus back", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/catalog?namespace=notebooks" });
  await page.waitForSelector("[data-action]");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-open-action=notebook_updated][data-state=ready]");
  await page.keyboard.press("j");
  await page.waitForSelector("[data-open-action=notebook_deleted][data-state=ready]");
  expect(new URL(page.url()).search).toBe("?action=notebook_deleted&namespace=notebooks");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-action") === "notebook_deleted");
  expect(new URL(page.url()).search).toBe("?namespace=notebooks");
  await context.close();
});

test("the catalog finds by word, state and preset, says so in the address, and leads to the events", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/catalog" });
  const keys = () => page.locator("[data-action]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-action")));
  await page.waitForSelector("[data-action]");
  await page.keyboard.press("/");
  await page.keyboard.type("snowflake ended");
  await expect.poll(keys).toEqual(["dbt_data_sync_completed"]);
  await page.getByRole("searchbox", { name: "Search actions" }).fill("");
  await page.getByRole("button", { name: "Custom 3" }).click();
  await expect.poll(keys).toEqual(["iam:CreateAccessKey", "kiln_fired", "protected_branch.destroy"]);
  await page.getByRole("button", { name: "All 57" }).click();
  await page.getByRole("combobox", { name: "Preset" }).selectOption("automation/Organization variables");
  await expect.poll(keys).toEqual(["organization_variable_created"]);
  expect(new URL(page.url()).searchParams.get("group")).toBe("Organization variables");
  await page.goBack();
  await page.locator("[data-action=user_logged_in]").click();
  await page.getByRole("link", { name: "See in Logs" }).click();
  await page.waitForURL(/logs\/activity\?q=action%3Auser_logged_in/);
  await context.close();
});

test("a redaction rule is written with its effect beside it, in both themes and on a phone, by keyboard alone", async () => {
  for (const width of [1440, 390]) {
    const { context, page } = await visit(browser, { path: "/o/acme/settings/redaction", width });
    await page.getByRole("button", { name: "New rule" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "New redaction rule" });
    await dialog.getByLabel("Name").fill("Ticket numbers of support");
    await dialog.getByRole("button", { name: "Pattern" }).press("Enter");
    await dialog.getByLabel("Regular expression").fill("T-\\d{4}");
    await dialog.getByText("2 of the last 100 stored events match.").waitFor();
    await dialog.getByLabel("Only within").waitFor();
    await look(page, `redaction-dialog-${width}`);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.textContent?.includes("New rule"));
    await page.getByRole("button", { name: "Delete Bank accounts" }).press("Enter");
    await page.getByRole("dialog", { name: "Delete Bank accounts?" }).getByRole("button", { name: "Delete rule" }).press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await look(page, `redaction-${width}`);
    await context.close();
  }
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
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "do not belong together" }).waitFor();
  await context.close();
});
