import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDaybook } from "./start-daybook.ts";
import type { RunningDaybook } from "./start-daybook.ts";

/** Events as they come in, on the real product. */
const visibleMsMax = 1_500;

let daybook: RunningDaybook;
let browser: Browser;
let page: Page;
let token: string;

beforeAll(async () => {
  [daybook, browser] = await Promise.all([startDaybook(), launchChromium()]);
  const link = new URL(daybook.setupLink);
  const answer = await fetch(`${daybook.url}/trpc/setup.create`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: link.origin },
    body: JSON.stringify({
      setupToken: link.searchParams.get("token"),
      owner: { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" },
      organization: { name: "Acme", timeZone: "UTC" },
    }),
  });
  token = ((await answer.json()) as { result: { data: { token: string } } }).result.data.token;
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${daybook.url}/sign-in?next=/o/acme/logs/activity`);
  await page.getByLabel("E-mail").fill("alice@company.com");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForSelector("[data-live=live]");
});
afterAll(async () => {
  await browser?.close();
  await daybook?.stop();
});

/** Sends an event until it is acknowledged, always with the same key, as a client should. */
async function send(name: string, more: object = {}): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(`${daybook.url}/v1/events`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": name },
          body: JSON.stringify({
            action: "notebook_created",
            actor: { type: "user", id: "u1", name: "Bob" },
            resource: { type: "notebook", id: name, name },
            ...more,
          }),
        }).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000, interval: 100 },
    )
    .toBe(200);
}
const row = (name: string) => page.locator("[data-event-id]").filter({ hasText: name });
const apiProcess = (): number => {
  const { children } = JSON.parse(readFileSync(join(daybook.dataFolder, "running.json"), "utf8")) as { children: { name?: string; pid: number }[] };
  return (children.find(({ name }) => name === "api") ?? children[0])?.pid ?? 0;
};

test("an event is on the screen within a second and a half of being acknowledged", async () => {
  const took: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    await send(`quick-${turn}`);
    const acknowledged = performance.now();
    await row(`quick-${turn}`).waitFor();
    took.push(performance.now() - acknowledged);
  }
  expect(Math.max(...took)).toBeLessThan(visibleMsMax);
});

test("an event that happened before others stands below them and says that it is late", async () => {
  await send("punctual");
  await row("punctual").waitFor();
  await send("delayed", { occurred_at: new Date(Date.now() - 4 * 60_000).toISOString() });
  await row("delayed").getByText("late 4 min").waitFor();
  const below = Number(await row("delayed").getAttribute("aria-rowindex"));
  expect(below).toBeGreaterThan(Number(await row("punctual").getAttribute("aria-rowindex")));
});

test("the API is killed and returns: every event appears, once", async () => {
  for (let at = 0; at < 5; at += 1) await send(`before-${at}`);
  await row("before-4").waitFor();
  process.kill(apiProcess(), "SIGKILL");
  for (let at = 0; at < 10; at += 1) await send(`after-${at}`);
  await row("after-9").waitFor({ timeout: 60_000 });
  await page.waitForSelector("[data-live=live]");
  const names = [...Array.from({ length: 5 }, (_, at) => `before-${at}`), ...Array.from({ length: 10 }, (_, at) => `after-${at}`)];
  const shown = await page.locator("[data-event-id]").evaluateAll((rows) => rows.map((each) => each.textContent ?? ""));
  expect(names.map((name) => shown.filter((text) => text.includes(name)).length)).toEqual(names.map(() => 1));
});
