import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit, type Visit } from "./browser.ts";
import { memberSession } from "./member-session.ts";

/** Where the focus goes, and what a careless hand must not lose, in the dialogs that change access. */
const members = "/o/acme/organization/members";
const answered = (data: unknown) => ({ status: 200, body: JSON.stringify({ result: { data } }) });
const invited = { outcomes: [{ outcome: "invited", id: "i_9", email: "dana@company.com", link: "https://console.test/invite/secret" }] };

let browser: Browser;
beforeAll(async () => {
  // With scrollbars that take room, as on most desks.
  browser = await launchChromium({ ignoreDefaultArgs: ["--hide-scrollbars"] });
});
afterAll(() => browser.close());

const dialogOf = (page: Page) => page.getByRole("dialog");

async function opened(visited: Visit, button: string) {
  const { context, page } = await visit(browser, visited);
  await page.getByRole("button", { name: button }).first().click();
  await dialogOf(page).waitFor();
  return { context, page };
}

test("a dialog that a menu opened gives the focus back to the menu's button, and begins at its first field", async () => {
  const { context, page } = await visit(browser, { path: members });
  const actions = page.getByRole("button", { name: /^Actions for Bob/ });
  await actions.press("Enter");
  await page.getByRole("menuitem", { name: "Change role…" }).press("Enter");
  await expect.poll(() => dialogOf(page).locator("input:focus").count()).toBe(1);
  expect(await dialogOf(page).locator("input:focus").isChecked()).toBe(true);
  await page.keyboard.press("Escape");
  await expect.poll(() => actions.evaluate((button) => button === document.activeElement)).toBe(true);
  await context.close();
});

test("a press beside a dialog closes it, unless something was typed into it", async () => {
  const { context, page } = await opened({ path: members }, "Invite people");
  await page.mouse.click(5, 300);
  await dialogOf(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await page.getByLabel("E-mail addresses").fill("dana@company.com");
  await page.mouse.click(5, 300);
  await page.keyboard.press("Tab");
  expect(await page.getByLabel("E-mail addresses").inputValue()).toBe("dana@company.com");
  await page.keyboard.press("Escape");
  await dialogOf(page).waitFor({ state: "detached" });
  await context.close();
});

test("a dialog that is scrolled by its bar stays", async () => {
  const { context, page } = await opened({ path: "/o/acme/settings/tokens", height: 420 }, "New token");
  const box = (await dialogOf(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width - 6, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 6, box.y + box.height - 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => dialogOf(page).evaluate((dialog) => dialog.scrollTop)).toBeGreaterThan(0);
  await context.close();
});

test("the second press of a double click does not take away the links that are shown once", async () => {
  const answer = (path: string) => (path === "invitations.invite" ? answered(invited) : null);
  const { context, page } = await opened({ path: members, answer }, "Invite people");
  await page.context().grantPermissions(["clipboard-write"]);
  await page.getByLabel("E-mail addresses").fill("dana@company.com");
  const box = (await page.getByRole("button", { name: "Send invitation" }).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width - 8, box.y + 8);
  await page.mouse.down();
  await page.mouse.up();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^1 invitation made/);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await page.keyboard.press("Tab");
  await dialogOf(page).getByRole("button", { name: "Copy link" }).click();
  await context.close();
});

test("without a network a change fails in its dialog at once, and is not made later behind the back of whoever cancelled it", async () => {
  const { context, page } = await opened({ path: members }, "Invite people");
  const asked: string[] = [];
  await page.route(/invitations\.invite/, (route) => (asked.push(route.request().url()), route.abort("internetdisconnected")));
  await page.getByLabel("E-mail addresses").fill("dana@company.com");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await dialogOf(page).getByRole("alert").getByText("The server cannot be reached.").waitFor();
  expect(await page.getByLabel("E-mail addresses").inputValue()).toBe("dana@company.com");
  await page.keyboard.press("Escape");
  const back = page.waitForRequest(/members\.list/);
  await context.setOffline(false);
  await back;
  expect(asked.length).toBe(1);
  await context.close();
});

test("the field that adds somebody to a group keeps the focus for the next one", async () => {
  const { context, page } = await visit(browser, { path: "/o/acme/organization/groups?open=g_2" });
  const field = page.getByRole("combobox", { name: "Add a member" });
  const added = page.waitForRequest(/groups\.addMember/);
  await field.fill("a");
  await page.getByRole("option").first().waitFor();
  await field.press("Enter");
  await added;
  await expect.poll(() => field.inputValue()).toBe("");
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  await context.close();
});

test("what the plan leaves out is not asked for by the frame of every page, which would fill the log with denials", async () => {
  const { user, organizations } = memberSession();
  const session = { user, organizations: organizations.map((each) => ({ ...each, grants: [...each.grants, "alerts:read"], without: ["alerts"] })) };
  const asked: string[] = [];
  const answer = (path: string) => {
    asked.push(path);
    return path === "session.me" ? answered(session) : null;
  };
  const { context, page } = await visit(browser, { path: "/o/acme/preferences", answer });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Incidents" }).waitFor();
  await page.getByRole("heading", { name: "Preferences" }).waitFor();
  expect(asked).not.toContain("incidents.list");
  await context.close();
});
