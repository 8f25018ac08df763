import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { visit, type Visit } from "./browser.ts";
import { look } from "./look.ts";

const tokensPath = "/o/acme/settings/tokens";
const serviceUsersPath = "/o/acme/organization/service-users";
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Opens a screen with the fake server behind it; `asked` are the changes that the server was asked for. */
async function open(path: string, more: Partial<Visit> = {}) {
  const asked: string[] = [];
  const visited = await visit(browser, {
    path,
    ...more,
    answer: (called, input) => {
      asked.push(called);
      return more.answer?.(called, input) ?? null;
    },
  });
  await visited.context.grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => undefined);
  return { ...visited, asked };
}
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("the list says in words what each token may do, who used it last from where, and what to do about it", async () => {
  const { page, context, problems } = await open(tokensPath);
  const row = page.locator("[data-token=t_3]");
  await row.waitFor();
  expect(await row.innerText()).toMatch(/Write events, Read access[\s\S]*as svc-dbt[\s\S]*Never[\s\S]*Unused[\s\S]*Expires soon/);
  expect(await page.locator("[data-token=t_1]").innerText()).toMatch(
    /writes as app:billing[\s\S]*only from 203\.0\.113\.0\/24[\s\S]*203\.0\.113\.7[\s\S]*Never expires/,
  );
  expect(await page.locator("[data-former-secret]").innerText()).toContain("old secret of siem pull");
  expect(await page.locator("[data-key=k_1]").innerText()).toContain("alice@company.com");
  await look(page, "tokens");
  expect(problems).toEqual([]);
  await context.close();
});

test("a new token is shown once: leaving without having copied it is asked about, by button, cross and Escape", async () => {
  const { page, context, asked } = await open(tokensPath);
  await button(page, "New token").first().click();
  await page.getByLabel("Name").fill("ci");
  await button(page, "Create token").click();
  const secret = page.locator("[data-secret]");
  await secret.waitFor();
  const text = (await secret.innerText()).trim();
  for (const leave of [() => button(page, "Done").click(), () => button(page, "Close").click(), () => page.keyboard.press("Escape")]) {
    await leave();
    await page.getByRole("alert").getByText("You have not copied the token").waitFor();
    expect(await secret.isVisible()).toBe(true);
  }
  await look(page, "token leaving");
  await button(page, "Copy token").click();
  await page.getByText("Copied to the clipboard.").waitFor();
  await button(page, "Done").click();
  await secret.waitFor({ state: "detached" });
  expect(asked).toContain("tokens.create");
  expect(await page.content()).not.toContain(text);
  await context.close();
});

test("a rotation asks for the overlap and says until when the old secret works", async () => {
  const { page, context, asked } = await open(tokensPath);
  await button(page, "Rotate siem pull").click();
  expect(await page.getByLabel("The old secret still works for").inputValue()).toBe("24");
  await look(page, "rotate token");
  await button(page, "Rotate token").click();
  await page.getByText("The old secret works until").waitFor();
  expect(asked).toContain("tokens.rotate");
  await context.close();
});

test("revoking says what it does before it does it, for a token, an old secret and a member's key", async () => {
  const { page, context, asked } = await open(tokensPath);
  await button(page, "Revoke siem pull").click();
  await page.getByText("is refused within five seconds, with its old secret too").waitFor();
  await button(page, "Revoke token").click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.locator("[data-former-secret] button").click();
  await page.getByText("the new secret goes on").waitFor();
  await page.keyboard.press("Escape");
  await button(page, "Revoke laptop of Alice Chen").click();
  await button(page, "Revoke key").click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(asked).toEqual(expect.arrayContaining(["tokens.revoke", "keys.revokeAny"]));
  await context.close();
});

test("service users show their tokens, and deleting one says how many go with it", async () => {
  const { page, context, asked, problems } = await open(serviceUsersPath);
  await button(page, "1 token").click();
  await page.locator("[data-token=t_3]").waitFor();
  await look(page, "service users");
  await button(page, "Delete svc-dbt").click();
  await button(page, "Delete it and revoke 1 token").click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(asked).toContain("serviceUsers.remove");
  expect(problems).toEqual([]);
  await context.close();
});

test("a service user is made with an owner", async () => {
  const { page, context, asked } = await open(serviceUsersPath);
  await button(page, "New service user").click();
  await page.getByLabel("Name").fill("svc-new");
  await page.getByLabel("Owner").selectOption({ label: "Data team" });
  await look(page, "new service user");
  await button(page, "Create service user").click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(asked).toContain("serviceUsers.create");
  await context.close();
});

describe.each([
  { path: tokensPath, list: "tokens.list", empty: "No token yet" },
  { path: serviceUsersPath, list: "serviceUsers.list", empty: "No service user yet" },
])("$path", ({ path, list, empty }) => {
  test("says why it is empty, and what went wrong, on a phone too", async () => {
    const none = await open(path, { width: 390, answer: (called) => (called === list ? answered([]) : null) });
    await none.page.getByText(empty).waitFor();
    await look(none.page, `${list} empty`);
    await none.context.close();
    const failing = await open(path, { width: 390, answer: (called) => (called === list ? { status: 500, body: "{}" } : null) });
    await failing.page.getByText("could not be loaded").first().waitFor();
    await failing.context.close();
  });

  test("fits a phone without scrolling sideways", async () => {
    const { page, context } = await open(path, { width: 390 });
    await page.locator('[data-state="ready"]').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await look(page, `${list} phone`);
    await context.close();
  });
});
