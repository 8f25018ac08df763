import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "./browser.ts";
import { look } from "./look.ts";

const path = "/o/acme/imports";
const githubFile = { name: "github-audit.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from('{"github": 1}\n') };
const strangeFile = { name: "shop-audit.csv", mimeType: "text/csv", buffer: Buffer.from("event,at\npaid,2026-10-01\n") };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const choose = (page: Page, file: typeof githubFile) => page.getByLabel("File to import").setInputFiles(file);
const noSidewaysScroll = async (page: Page) => {
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
};

/** The preview follows what is typed after a pause. */
const settled = async (page: Page) => {
  await page.waitForTimeout(500);
  await page.waitForFunction(() => !document.querySelector("[data-panel=preview][data-state=stale]"));
};

test("a file is dropped, its vendor guessed, its events shown, imported and told of, with a way to its events", async () => {
  const { context, page, problems } = await visit(browser, { path });
  await choose(page, githubFile);
  await page.getByText("Guessed: its importer reads 98 % of the first records.").waitFor();
  await page.getByRole("heading", { name: "Preview" }).waitFor();
  await page.getByText("Line 8").waitFor();
  await look(page, "import-preview");
  await noSidewaysScroll(page);
  await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
  await page.getByText("Did not come in").first().waitFor();
  await look(page, "import-result");
  await noSidewaysScroll(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the report" }).click()]);
  expect(download.suggestedFilename()).toBe("github-audit-2026-10.ndjson.report.txt");
  await page.getByRole("link", { name: "See in Logs" }).first().click();
  await page.waitForURL(/logs\/activity\?q=import%3A/);
  expect(problems).toEqual([]);
  await context.close();
});

test("a file of a vendor that nobody knows is mapped: fields are prefilled, the preview follows, and the mapping is saved by name", async () => {
  const { context, page } = await visit(browser, { path });
  await choose(page, strangeFile);
  await page.getByText("No product’s log looks like this.").waitFor();
  expect(await page.getByLabel("Action", { exact: true }).inputValue()).toBe("event.name");
  await page.getByText("such as invoice.paid").waitFor();
  expect(await page.getByRole("button", { name: "Save mapping and import" }).isDisabled()).toBe(true);
  await page.getByLabel("Name of the mapping").fill("Shop");
  await page.getByLabel("Actor’s name").fill("who.mail");
  await page.getByText("20 events of the first records").waitFor();
  await page.getByRole("combobox", { name: "nope" }).selectOption("failed");
  await settled(page);
  await look(page, "import-mapping");
  await noSidewaysScroll(page);
  await page.getByRole("button", { name: "More fields" }).click();
  await look(page, "import-mapping-all");
  await page.getByRole("button", { name: "Save mapping and import" }).click();
  await page.getByRole("button", { name: "Import another file" }).waitFor();
  await context.close();
});

test("while a file is sent, its bytes and events are counted", async () => {
  const running = JSON.stringify({
    result: { data: { id: "x", state: "running", bytesRead: 7, created: 9_000, duplicates: 0, startedAt: new Date().toISOString() } },
  });
  const { context, page } = await visit(browser, { path, answer: (asked) => (asked === "imports.get" ? { status: 200, body: running } : null) });
  await context.route("**/api/imports*", () => new Promise(() => undefined));
  await choose(page, githubFile);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("progressbar", { name: "Import" }).waitFor();
  await page.getByText("7 bytes of 14 bytes · 9,000 events").waitFor();
  await look(page, "import-progress");
  await context.close();
});

test("an undo names what will go before it does, and a refusal is a sentence", async () => {
  const refusal = {
    code: "conflict",
    message: "The import cannot be undone, because its events are part of the incident “Mona made repositories”.",
    path: null,
  };
  const body = JSON.stringify({
    error: { message: refusal.message, code: -32009, data: { code: "CONFLICT", httpStatus: 409, path: "imports.undo", refusal, requestId: "r" } },
  });
  const { context, page } = await visit(browser, { path, answer: (asked) => (asked === "imports.undo" ? { status: 409, body } : null) });
  await page.getByRole("button", { name: "Undo…" }).first().click();
  await page.getByText("The 48,102 events that this import created leave the log").waitFor();
  await look(page, "import-undo");
  await page.getByRole("button", { name: "Remove 48,102 events" }).click();
  await page.getByRole("alert").filter({ hasText: "Mona made repositories" }).waitFor();
  await context.close();
});

test("a preview that fails can be asked for again", async () => {
  const { context, page } = await visit(browser, { path, answer: (asked) => (asked === "imports.preview" ? { status: 500, body: "{}" } : null) });
  await choose(page, githubFile);
  await page.getByText("The preview could not be loaded.").waitFor();
  await look(page, "import-failing-preview");
  await context.close();
});

test("a mapping is renamed and keeps its source, and is deleted only after it was said what stays", async () => {
  const asked: [string, unknown][] = [];
  const { page, context } = await visit(browser, { path });
  page.on("request", (request) => {
    const verb = new URL(request.url()).pathname.replace("/trpc/", "");
    if (verb === "mappings.update" || verb === "mappings.delete") asked.push([verb, request.postDataJSON()]);
  });
  await page.getByRole("button", { name: "Rename Billing audit" }).click();
  const rename = page.getByRole("dialog");
  expect(await rename.getByRole("button", { name: "Rename", exact: true }).isDisabled()).toBe(true);
  await look(page, "import-mapping-rename");
  await rename.getByLabel("Name").fill("Invoices");
  await rename.getByRole("button", { name: "Rename", exact: true }).click();
  await rename.waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Delete Billing audit" }).click();
  const confirm = page.getByRole("dialog");
  expect(await confirm.textContent()).toContain("Events that came by it stay in the log");
  await look(page, "import-mapping-delete");
  expect(asked.map(([verb]) => verb)).toEqual(["mappings.update"]);
  await confirm.getByRole("button", { name: "Delete mapping" }).click();
  await confirm.waitFor({ state: "detached" });
  expect(asked).toMatchObject([
    ["mappings.update", { mappingId: "map_1", name: "Invoices", mapping: { fields: { action: "event.name" } } }],
    ["mappings.delete", { mappingId: "map_1" }],
  ]);
  await look(page, "import-mappings");
  await context.close();
});
