import { launchChromium } from "@daybook/testkit";

import { afterAll, beforeAll, expect, test } from "vitest";
import { testApi } from "../../test/test-api.ts";
import type { TestApi } from "../../test/test-api.ts";

const renderedWithinMs = 20_000;

let api: TestApi;
let browser: Awaited<ReturnType<typeof launchChromium>>;
beforeAll(async () => {
  [api, browser] = await Promise.all([testApi(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

test.each(["light", "dark"] as const)("the API reference draws every route in %s, breaks no policy, and asks nobody but this server", async (colorScheme) => {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => /^(?:data|blob):/.test(request.url()) || request.url().startsWith(api.url) || problems.push(`asked ${request.url()}`));
  await page.goto(`${api.url}/docs/api`);
  await page.getByRole("heading", { name: "Write events" }).first().waitFor({ timeout: renderedWithinMs });
  await page.getByRole("heading", { name: "Read events" }).first().waitFor({ timeout: renderedWithinMs });
  if (process.env["DAYBOOK_SHOTS"]) await page.screenshot({ path: `${process.env["DAYBOOK_SHOTS"]}/docs-api-${colorScheme}.png` });
  expect(problems).toEqual([]);
  await page.goto(`${api.url}/docs/errors#forbidden`);
  expect(await page.locator("article:target h2").innerText()).toContain("forbidden");
  if (process.env["DAYBOOK_SHOTS"]) await page.screenshot({ path: `${process.env["DAYBOOK_SHOTS"]}/docs-errors-${colorScheme}.png` });
  await context.close();
});
