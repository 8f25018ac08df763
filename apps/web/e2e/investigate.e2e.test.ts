import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { button, closed, dialogOf, go, inviteBy, joinBy, openStage, rows, type Stage } from "./access/stage.ts";
import { look } from "./look.ts";
import { setUp } from "./set-up.ts";

/** Questions to the log of the demo company, asked by hand on the real product; each step stands on the one before. */
const alice = { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" };
const bob = { name: "Bob Martin", email: "bob@company.com", password: "a rather long password" };
const clicksMax = 4;

let stage: Stage;
let owner: Page;
let admin: Page;
let demo = "";

beforeAll(async () => {
  stage = await openStage();
  [owner, admin] = await Promise.all([stage.visitor(alice.name), stage.visitor(bob.name)]);
  await owner.goto(stage.daybook.setupLink);
  await setUp(owner, alice);
  await owner.goto(`${stage.daybook.url}/o/acme/logs/activity`);
  await admin.goto(await inviteBy(owner, bob.email, "Admin"));
  await joinBy(admin, bob);
  // Whoever is in the organization when the demo is loaded is in the demo as well.
  const loaded = JSON.parse(await stage.daybook.command("demo", "load", "--json")) as { organization: { slug: string } };
  demo = `${stage.daybook.url}/o/${loaded.organization.slug}`;
});
afterAll(() => stage?.close());

const openStep = (page: Page) => page.locator("[data-open-step]");
const stepOf = (page: Page, title: string) => page.getByRole("navigation", { name: "Steps of the case" }).getByRole("button", { name: title });

/** From the list of recipes to the answer, with every click counted. */
async function investigate(recipe: string, { typed, offered, step }: { typed: string; offered?: string; step?: string }): Promise<void> {
  let clicks = 0;
  const click = async (what: ReturnType<typeof button>) => {
    clicks += 1;
    await what.click();
  };
  await owner.goto(`${demo}/investigate`);
  await click(owner.locator(`[data-recipe=${recipe}]`));
  await owner.keyboard.type(typed);
  if (offered !== undefined) await click(dialogOf(owner).getByRole("option", { name: offered }).first());
  await click(button(owner, "Start case"));
  await owner.waitForURL(/investigate\/\d+$/);
  if (step !== undefined) await click(stepOf(owner, step));
  expect(clicks).toBeLessThanOrEqual(clicksMax);
}

test("what changed: who made payroll public is found, with before and after", async () => {
  await investigate("what_changed", { typed: "Payroll", offered: "Payroll overview", step: "Before and after" });
  await rows(owner, 'Made report "Payroll overview" public').waitFor();
  expect(await rows(owner).count()).toBe(2);
  await expect.poll(() => stepOf(owner, "Before and after").innerText()).toContain("2");
});

test("one user: the exports of a night, and the address that they came from", async () => {
  await investigate("one_user", { typed: "Tomasz", offered: "Tomasz Nowak", step: "Exports" });
  await rows(owner, 'rows of "customers_db" as CSV').first().waitFor();
  await stepOf(owner, "Addresses").click();
  await owner.getByRole("heading", { name: "What Tomasz Nowak did" }).waitFor();
  await owner.getByRole("list", { name: "Top addresses" }).getByText("192.0.2.166").waitFor();
  await look(owner, "case-one-user");
});

test("a failed operation: the error of the pipeline, and its other nights", async () => {
  await investigate("failed_operation", { typed: "Daily", offered: "Daily ETL" });
  await rows(owner, "Daily ETL").first().waitFor();
  await stepOf(owner, "How often").click();
  await openStep(owner).locator("[data-bars]").waitFor();
});

test("a data leak: who took it out and who read it; who had permission is unknown where the log does not tell", async () => {
  await investigate("data_leak", { typed: "customers_db", step: "Who read it" });
  await owner.getByRole("list", { name: "Top actors" }).getByText("Tomasz Nowak").waitFor();
  await stepOf(owner, "Downloads and exports").click();
  await rows(owner, 'rows of "customers_db" as CSV').first().waitFor();
  await stepOf(owner, "Who had permission").click();
  await openStep(owner).getByText("Unknown: the log holds no event of this time").waitFor();
  await look(owner, "case-data-leak");
});

test("a step's search is edited in place, refused with words while it makes no sense, and survives a reload", async () => {
  await stepOf(owner, "Downloads and exports").click();
  const search = owner.getByLabel("Search of this step");
  await search.fill("operation:exported customers_db stauts:failed");
  await openStep(owner).getByRole("alert").waitFor();
  expect(await button(owner, "Keep this search").isDisabled()).toBe(true);
  await search.fill("operation:exported customers_db rows:>500000");
  await search.press("Enter");
  await stepOf(owner, "Downloads and exports edited").waitFor();
  await owner.reload();
  await stepOf(owner, "Downloads and exports edited").waitFor();
  expect(await search.inputValue()).toBe("operation:exported rows:>500000 customers_db");
  await rows(owner, "customers_db").first().waitFor();
});

test("events are pinned and notes written with the keyboard, and a second admin opens the link and goes on", async () => {
  await owner.keyboard.press("j");
  await owner.waitForFunction(() => document.activeElement?.closest("[data-event-id]") != null);
  await owner.keyboard.press("p");
  await owner
    .getByRole("button", { name: /^Unpin:/ })
    .first()
    .waitFor();
  await owner.keyboard.press("Shift+N");
  await dialogOf(owner).getByLabel("Note").fill("Tomasz was on holiday that week");
  await owner.keyboard.press("Control+Enter");
  await closed(owner);
  await stepOf(owner, "Pins and notes").click();
  await owner.getByText("Tomasz was on holiday that week").waitFor();
  const link = owner.url();
  await admin.goto(link);
  await admin.getByRole("list", { name: "Timeline" }).getByText("Tomasz was on holiday that week").waitFor();
  expect(await admin.locator("[data-entry=event]").count()).toBe(1);
  await look(admin, "case-timeline");
  await button(admin, "Close case…").click();
  await dialogOf(admin).getByLabel("Conclusion").fill("A stolen laptop; keys were changed");
  await button(dialogOf(admin), "Close case").click();
  await closed(admin);
  await admin.locator("[data-conclusion]").waitFor();
  // The owner's page is from before: what the other one did is told, and nothing is written over.
  await owner.getByRole("button", { name: /^Unpin:/ }).click();
  await owner.getByText(/is closed. Open it again/).waitFor();
  await button(admin, "Copy as Markdown").click();
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toMatch(
    /# Case \d+: Leak of customers_db[\s\S]*A stolen laptop[\s\S]*Tomasz was on holiday/,
  );
});

test("the week is looked through and signed off, and the signature is in the log under its key", async () => {
  await owner.goto(demo);
  await go(owner, "Weekly review");
  await owner.locator("[data-review-state=open]").waitFor();
  await button(owner, "Show events").first().click();
  await rows(owner).first().waitFor();
  for (const item of await owner.locator("[data-item]").all()) {
    await item.getByRole("button", { name: /^Looked at:/ }).click();
    await item.getByText(`Looked at by ${alice.name}`).waitFor();
  }
  await look(owner, "weekly-review");
  await owner.getByLabel("Statement").fill("Looked at everything; the exports of that night are case 4");
  await button(owner, "Sign off the week").click();
  await owner.locator("[data-signature=signed]").getByText("the exports of that night").waitFor();
  await owner.locator("[data-history=signed]").waitFor();
  await owner.goto(`${demo}/logs/activity?q=action%3Aweekly_review_signed_off`);
  await rows(owner, /Signed off "Week of \d{4}-\d\d-\d\d"/).waitFor();
  expect(await rows(owner).count()).toBe(1);
  // That the closed case was not changed.
  expect(stage.complaints().filter((text) => !text.includes("409 (Conflict)"))).toEqual([]);
});
