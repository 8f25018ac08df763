import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { look } from "./look.ts";
import { startDaybook } from "./start-daybook.ts";
import type { RunningDaybook } from "./start-daybook.ts";
import { setUp } from "./set-up.ts";

/** How events get in, and what becomes of them on the way: on the real product, in order. */
const undoAttemptsMax = 20;

let daybook: RunningDaybook;
let browser: Browser;
let page: Page;
let complaints: string[] = [];
let token: string;

beforeAll(async () => {
  [daybook, browser] = await Promise.all([startDaybook(), launchChromium()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  page.setDefaultTimeout(15_000);
  await page.goto(daybook.setupLink);
  token = await setUp(page, { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" });
});
afterAll(async () => {
  await browser?.close();
  await daybook?.stop();
});

const send = async (event: object) => {
  const answer = await fetch(`${daybook.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  expect(answer.status).toBe(200);
};
const open = (path: string) => page.goto(`${daybook.url}/o/acme/${path}`);
const row = (text: string | RegExp) => page.locator("[data-event-id]").filter({ hasText: text });

test("what began is running until its end comes, and then it has a duration", async () => {
  const pipeline = { resource: { type: "pipeline", id: "p_1", name: "Nightly load" }, operation_id: "run-1" };
  await send({ action: "pipeline_executed", status: "in_progress", ...pipeline });
  await open("operations");
  await page.getByText("Nightly load").first().waitFor();
  await send({ action: "pipeline_executed", status: "success", ...pipeline });
  await expect.poll(async () => (await page.reload(), await page.getByText("Nightly load").count()), { timeout: 15_000 }).toBe(0);
  await open("operations?state=ended");
  await page.getByText("Nightly load").first().waitFor();
  await look(page, "operations");
});

test("an action that nobody defined is in the catalog, as custom, with its volume", async () => {
  await send({ action: "lighthouse_painted", resource: { type: "lighthouse", name: "North" } });
  await expect
    .poll(async () => (await open("catalog?q=lighthouse"), await page.waitForTimeout(500), await page.getByText("lighthouse_painted").count()), {
      timeout: 20_000,
    })
    .toBeGreaterThan(0);
  await look(page, "catalog");
});

test("a redaction rule made here holds for the next event, and its hole says so", async () => {
  await open("settings/redaction");
  await page.getByRole("button", { name: "New rule" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Salaries");
  await dialog.getByLabel(/^Path/).first().fill("metadata.salary");
  await look(page, "redaction-rule");
  await dialog.getByRole("button", { name: /create|save/i }).click();
  await page.getByText("metadata.salary").first().waitFor();
  await send({ action: "payroll_run", resource: { type: "payroll", name: "March" }, metadata: { salary: 81_234, password: "hunter2hunter2" } });
  await open("logs/activity");
  await row("payroll").first().click();
  await page.getByText("Salaries").first().waitFor();
  expect(await page.content()).not.toMatch(/81,?234|hunter2/);
});

test("a dropped file is recognised, previewed, imported and undone", async () => {
  await open("imports");
  // Of records that no alert rule cares for: an incident would hold the import, and rightly.
  const records = Array.from({ length: 8 }, (_, n) => ({
    "@timestamp": 1_763_600_000_000 + n * 1_000,
    _document_id: `doc-${n}`,
    action: "repo.create",
    actor: "mona",
    org: "acme",
    repo: `acme/website-${n}`,
  }));
  const buffer = Buffer.from(records.map((record) => JSON.stringify(record)).join("\n"));
  await page.locator("input[type=file]").setInputFiles({ name: "github.ndjson", mimeType: "application/x-ndjson", buffer });
  await page.getByText("Preview").first().waitFor();
  await look(page, "import-preview");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("Completed").first().waitFor();
  await look(page, "import-completed");
  await page.getByRole("link", { name: "See in Logs" }).first().click();
  await row(/./).nth(5).waitFor();
  // The worker counts the events first; until then an undo is refused with a sentence that says so.
  for (let attempt = 0; attempt < undoAttemptsMax; attempt += 1) {
    await open("imports");
    await page.getByRole("button", { name: "Undo…" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Remove/ }).click();
    const refused = dialog.getByRole("alert");
    await page.getByText("Undone").or(refused).first().waitFor();
    if ((await refused.count()) === 0) break;
    expect(await refused.innerText()).toMatch(/counted|again/i);
  }
  await page.getByText("Undone").first().waitFor();
  await open("logs/activity");
  await row(/Undid|undone|Undone/)
    .first()
    .waitFor();
});

test("the API reference and the list of errors are there without signing in", async () => {
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${daybook.url}/docs/api`);
  await visitor.getByRole("heading", { name: "Write events" }).first().waitFor({ timeout: 20_000 });
  await visitor.goto(`${daybook.url}/docs/errors`);
  expect(await visitor.locator("article").count()).toBeGreaterThan(15);
  await visitor.close();
});

test("the browser had nothing to complain about", () => {
  expect(complaints).toEqual([]);
});
