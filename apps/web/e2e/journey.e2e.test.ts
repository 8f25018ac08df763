import { launchChromium } from "@daybook/testkit";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look } from "./look.ts";
import { checkout, startDaybook } from "./start-daybook.ts";
import type { RunningDaybook } from "./start-daybook.ts";
import { setUp } from "./set-up.ts";

/** One newcomer's way through the whole product, in order: each step stands on the one before. */
let daybook: RunningDaybook;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let token: string;
const complaints: string[] = [];

const owner = { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" };

beforeAll(async () => {
  [daybook, browser] = await Promise.all([startDaybook(), launchChromium()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
});
afterAll(async () => {
  await browser?.close();
  await daybook?.stop();
});

const send = (event: object) =>
  fetch(`${daybook.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(event),
  });
const row = (text: string | RegExp) => page.locator("[data-event-id]").filter({ hasText: text });
const go = (label: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: label }).click();

test("the printed link leads to setup, which makes the owner and shows a curl that is complete", async () => {
  await page.goto(daybook.setupLink);
  await page.getByRole("button", { name: "Create organization" }).waitFor();
  await look(page, "setup");
  token = await setUp(page, owner);
  expect(token).not.toBe("");
  expect(await page.locator("pre").first().textContent()).toContain(daybook.url);
  await look(page, "first-event");
});

test("an event sent by curl is seen without reload, first on setup, then in the log", async () => {
  expect(
    (
      await send({
        action: "notebook_created",
        actor: { type: "user", id: "u7", name: "Dana Ruiz", email: "dana@company.com" },
        resource: { type: "notebook", id: "n1", name: "Sales Analysis Q2" },
        context: { ip: "192.168.1.100" },
      })
    ).status,
  ).toBe(200);
  await page.getByText('Created notebook "Sales Analysis Q2"').first().waitFor({ timeout: 5_000 });
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await row("Sales Analysis Q2").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-open-event]").waitFor({ state: "detached" });
  await send({ action: "report_exported", actor: { type: "user", id: "u7", name: "Dana Ruiz" }, resource: { type: "report", name: "Live Report" } });
  await row("Live Report").waitFor({ timeout: 5_000 });
  await look(page, "logs");
});

test("details show who, what, where and the changed fields, and hostile text stays text", async () => {
  await send({
    action: "report_updated",
    actor: { type: "user", id: "u8", name: "<img src=x onerror=alert(1)>" },
    resource: { type: "report", id: "r1", name: "Q2 <script>alert(1)</script>" },
    changes: { before: { title: "Report", visibility: "private" }, after: { title: "Q2 Sales Report", visibility: "shared" } },
    context: { ip: "192.168.1.7", user_agent: "curl/8", session_id: "s_81", request_id: "r_4c" },
  });
  await row("Q2 <script>").click();
  const drawer = page.locator("[data-open-event]");
  await drawer.getByText("192.168.1.7").first().waitFor();
  await look(page, "details");
  await drawer.getByRole("tab", { name: /Changes/ }).click();
  await drawer.getByText("Q2 Sales Report").first().waitFor();
  await look(page, "changes");
  await drawer.getByRole("tab", { name: "Raw JSON" }).click();
  await drawer.getByText('"report_updated"').first().waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
});

test("filters stand in the URL and survive a reload", async () => {
  await page.goto(`${daybook.url}/o/acme/logs/activity?q=live&status=success`);
  await row("Live Report").waitFor();
  expect(await page.locator("[data-event-id]").count()).toBe(1);
  await page.reload();
  await row("Live Report").waitFor();
  await page.goto(`${daybook.url}/o/acme/logs/activity?status=nonsense&cursor=%00`);
  await row("Live Report").waitFor();
});

test("real events of three vendors come in by the command line, with who, what, where and when", async () => {
  const files = { github: "github-audit.ndjson", okta: "okta-system.ndjson", cloudtrail: "aws-cloudtrail.ndjson" };
  const take = async (vendor: keyof typeof files) =>
    JSON.parse(await daybook.command("import", vendor, `${checkout}/packages/connectors/fixtures/${files[vendor]}`, "--json")) as {
      created: number;
      problemsTotal: number;
    };
  for (const first of await Promise.all((["github", "okta", "cloudtrail"] as const).map(take))) {
    expect(first.created).toBeGreaterThan(30);
    expect(first.problemsTotal).toBe(0);
  }
  expect(await take("github")).toMatchObject({ created: 0 });
  await page.goto(`${daybook.url}/o/acme/logs/activity?range=all`);
  await page.locator("[data-event-id]").nth(20).waitFor();
  await look(page, "imported");
});

test("a permission change sent by curl opens an incident and mails the team; the incident is acknowledged and resolved", async () => {
  await send({
    action: "org_user_role_changed",
    actor: { type: "user", id: "u7", name: "Dana Ruiz" },
    resource: { type: "user", id: "u9", name: "bob@company.com" },
    changes: { before: { role: "member" }, after: { role: "admin" } },
  });
  await page.goto(`${daybook.url}/o/acme/mailbox`);
  const mail = page.locator("[data-mail]").first();
  await expect.poll(async () => ((await mail.count()) > 0 ? 1 : (await page.reload(), 0)), { timeout: 20_000, interval: 500 }).toBe(1);
  await mail.click();
  await page.frameLocator("iframe").first().getByText("bob@company.com").filter({ visible: true }).first().waitFor();
  await look(page, "alert-mail");
  await go("Incidents");
  const incident = page.locator("[data-incident]").first();
  await incident.waitFor();
  await look(page, "incidents");
  await incident.getByRole("button", { name: "Acknowledge" }).click();
  await page.locator('[data-incident-state="acknowledged"]').waitFor();
  await incident.getByRole("button", { name: "Resolve…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Resolve/ })
    .click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await go("System logs");
  await row("Sent alert").first().waitFor();
});

test("a dbt folder is synchronised on request, and begin, end and failed nodes stand in the system log", async () => {
  await go("Integrations");
  await page.getByRole("button", { name: "Add integration" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Nightly dbt");
  await dialog.getByLabel(/folder/i).fill(`${checkout}/packages/connectors/fixtures/dbt/with-error`);
  await dialog.getByRole("button", { name: "Add integration" }).click();
  await page.getByRole("button", { name: "Run now" }).click();
  await page
    .getByText(/failed/i)
    .first()
    .waitFor({ timeout: 20_000 });
  await look(page, "integrations");
  await go("System logs");
  const ended = row(/synchronisation of "Nightly dbt" ended/);
  await ended.getByRole("button", { name: /^\d+ events$/ }).click();
  await row("Started dbt synchronisation").waitFor();
});

test("a report is sent on request and lies in the mailbox", async () => {
  await go("Reports");
  await page.locator("[data-schedule]").first().waitFor();
  await look(page, "reports");
  await page.locator("[data-schedule]").first().getByRole("button", { name: "Send now" }).click();
  await go("System logs");
  await expect
    .poll(async () => ((await row("Sent report").count()) > 0 ? 1 : (await page.reload(), await page.waitForTimeout(800), 0)), { timeout: 20_000 })
    .toBe(1);
  await go("Mailbox");
  await page.locator("[data-mail]").first().click();
  await look(page, "report-mail");
});

test("alert rules, retention and tokens have their pages", async () => {
  for (const [label, name] of [
    ["Alerts", "alerts"],
    ["Retention", "retention"],
    ["Settings", "settings"],
    ["API tokens", "tokens"],
  ] as const) {
    await (label === "API tokens" ? page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: label }).click() : go(label));
    await page.locator('main [data-state="ready"], main h1').first().waitFor();
    await page.waitForTimeout(300);
    await look(page, name);
  }
});

test("demo data loads as an organization of its own and is removed again", async () => {
  const loaded = JSON.parse(await daybook.command("demo", "load", "--json")) as { organization: { slug: string } };
  await page.goto(`${daybook.url}/o/${loaded.organization.slug}/logs/activity`);
  await page.locator("[data-event-id]").nth(20).waitFor();
  await expect.poll(() => page.locator('[data-panel="histogram"][data-state="ready"], figure').count(), { timeout: 20_000 }).toBeGreaterThan(0);
  await look(page, "demo");
  await daybook.command("demo", "remove", "--json");
  await page.goto(`${daybook.url}/o/acme/logs/activity`);
  await row("Removed demo data").first().waitFor();
});

test("signing out, a wrong password and signing in again are in the log", async () => {
  await page.getByRole("button", { name: /Account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  await look(page, "sign-in");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill("wrong password here");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("alert").first().waitFor();
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await page.goto(`${daybook.url}/o/acme/logs/activity`);
  for (const sentence of ["Signed out", "Failed to sign in", "Signed in"]) await row(sentence).first().waitFor();
});

test("the browser had nothing to complain about", () => {
  expect(complaints.filter((text) => !/401|Failed to load resource/.test(text))).toEqual([]);
});
