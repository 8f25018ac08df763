import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { button, closed, dialogOf, inviteBy, joinBy, openStage, rows, type Stage } from "./access/stage.ts";
import { setUp } from "./set-up.ts";

/** Two people and their views, on the real product; each step stands on the one before. */
const alice = { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" };
const bob = { name: "Bob Martin", email: "bob@company.com", password: "a rather long password" };
const longSearchLength = 1_600;

let stage: Stage;
let owner: Page;
let admin: Page;
let logs = "";
let viewLink = "";

beforeAll(async () => {
  stage = await openStage();
  [owner, admin] = await Promise.all([stage.visitor(alice.name), stage.visitor(bob.name)]);
  await owner.goto(stage.daybook.setupLink);
  await setUp(owner, alice);
  logs = `${stage.daybook.url}/o/acme/logs/activity`;
  await owner.goto(logs);
  await admin.goto(await inviteBy(owner, bob.email, "Admin"));
  await joinBy(admin, bob);
});
afterAll(() => stage?.close());

const viewsButton = (page: Page) => page.getByRole("button", { name: /^Saved views/ });
const panel = (page: Page) => page.getByRole("dialog", { name: "Saved views" });
const modified = (page: Page) => page.locator("[data-view-modified]");
const columns = (page: Page) => page.locator("[data-columns], [role=grid]").getByRole("columnheader").allInnerTexts();
const params = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const idsOf = (page: Page) => page.locator("[data-event-id]").evaluateAll((all) => all.map((each) => each.getAttribute("data-event-id")));
const openMenu = async (page: Page) => {
  await viewsButton(page).click();
  await panel(page).getByRole("button", { name: "Save what you see" }).waitFor();
};
const open = async (page: Page, address: string) => {
  await page.goto(address);
  await rows(page).first().waitFor();
};

test("what one person saves is there after a reload, and another sees the same rows in the same columns", async () => {
  await open(owner, `${logs}?q=operation%3Acreated&cols=time%3A200%2Cactor%2Cnamespace%2Caction%3A260&density=compact`);
  const shown = await columns(owner);
  await openMenu(owner);
  await button(panel(owner), "Save what you see").click();
  await dialogOf(owner).getByLabel("Name").fill("What was created");
  await dialogOf(owner).getByLabel("Everybody in Acme").check();
  await button(dialogOf(owner), "Save view").click();
  await closed(owner);
  await owner.waitForURL(/\?view=[^&]*$/);
  viewLink = owner.url();
  await owner.reload();
  await rows(owner).first().waitFor();
  expect([await columns(owner), params(owner)]).toEqual([shown, { view: expect.any(String) as unknown }]);

  // Whose own columns are others.
  await open(admin, `${logs}?cols=five-fields`);
  await admin.goto(viewLink);
  await rows(admin).first().waitFor();
  await expect.poll(async () => [await columns(admin), await idsOf(admin)]).toEqual([await columns(owner), await idsOf(owner)]);
  await expect.poll(() => viewsButton(admin).innerText()).toContain("What was created");
});

test("a change is marked, survives a reload, and updates the view for the other; a second change at once is refused with words", async () => {
  for (const page of [owner, admin]) await open(page, `${viewLink}&by=operation`);
  await modified(owner).getByText("modified: bars").waitFor();
  await owner.reload();
  await button(modified(owner), "Update").click();
  await owner.waitForURL(/\?view=[^&]*$/);
  await modified(owner).waitFor({ state: "detached" });
  await button(modified(admin), "Save as…").waitFor();
  await button(modified(admin), "Update").click();
  await modified(admin).getByRole("alert").waitFor();
  expect(await modified(admin).getByRole("alert").innerText()).toContain('Alice Chen changed "What was created" meanwhile.');
  await button(modified(admin), "Reset").click();
  await modified(admin).waitFor({ state: "detached" });
});

test("a deletion is undone within its seconds; without that its link says who deleted it, and the log is there all the same", async () => {
  const remove = async (page: Page) => {
    await openMenu(page);
    await button(panel(page), "More for What was created").click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByText("“What was created” was deleted.").waitFor();
  };
  await open(owner, viewLink);
  await remove(owner);
  await button(owner, "Undo").click();
  await owner.waitForURL(/view=/);
  await open(admin, viewLink);
  await expect.poll(() => viewsButton(admin).innerText()).toContain("What was created");
  await remove(owner);
  await admin.goto(viewLink);
  await admin.getByText(/was deleted by Alice Chen on/).waitFor();
  await rows(admin).first().waitFor();
  await button(admin, "Dismiss").click();
  await admin.waitForURL((url) => !url.searchParams.has("view"));
});

test("a default opens the bare log and gives way to any link; what was done to views is in the log", async () => {
  await open(owner, logs);
  await openMenu(owner);
  await button(panel(owner), "More for Permission changes").click();
  await owner.getByRole("menuitem", { name: "Open the activity log of Acme with it" }).click();
  await panel(owner).getByText("Everybody's default").waitFor();
  await admin.goto(logs);
  await admin.waitForURL(/view=permission-changes/);
  await open(admin, `${logs}?q=namespace%3Aviews`);
  expect(await viewsButton(admin).getAttribute("data-view")).toBeNull();
  const text = (await rows(admin).allInnerTexts()).join("\n");
  for (const sentence of ["Saved view", "Changed view", "Deleted view", "Undid the deletion of view", "Changed the view that a log opens with"])
    expect(text).toContain(sentence);
});

test("a link of more than 1,500 characters is copied short, and opens for another admin in a fresh browser, once signed in", async () => {
  const others = Array.from({ length: longSearchLength / 20 }, (_, at) => `nobody_${String(at).padStart(12, "0")}`);
  await open(owner, `${logs}?q=${encodeURIComponent(`action:(created OR ${others.join(" OR ")})`)}`);
  const wanted = await idsOf(owner);
  await owner.keyboard.press("c");
  await owner.getByText("Link copied.").waitFor();
  const link = await owner.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^http:\/\/[^/]+\/s\/[A-Za-z0-9_-]{22}$/);

  const fresh = await stage.visitor("Bob elsewhere");
  await fresh.goto(link);
  await fresh.getByLabel("E-mail").fill(bob.email);
  await fresh.getByLabel("Password", { exact: true }).fill(bob.password);
  await button(fresh, "Sign in").click();
  await rows(fresh).first().waitFor();
  expect(new URL(fresh.url()).pathname).toBe("/o/acme/logs/activity");
  expect(await idsOf(fresh)).toEqual(expect.arrayContaining(wanted));
  await fresh.goto(`${stage.daybook.url}/s/${"A".repeat(22)}`);
  await fresh.getByText("There is no such short link in your organizations.").waitFor();
  // The change that came second was refused, and a browser says so.
  expect(stage.complaints().filter((text) => !text.includes("status of 409"))).toEqual([]);
});
