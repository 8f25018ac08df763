import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acts } from "./access/acts.ts";
import {
  accountMenu,
  ask,
  button,
  beginsWith,
  choose,
  chooseWithin,
  closed,
  dialogOf,
  go,
  inviteBy,
  joinBy,
  navigation,
  openStage,
  rows,
  signIn,
  takeSecret,
  type Stage,
} from "./access/stage.ts";
import { look } from "./look.ts";
import { setUp } from "./set-up.ts";

/** Who may do what, and who sees what, changed by hand on the real product; then each change is looked up in the log. Every step stands on the one before. */
const alice = { name: "Alice Chen", email: "alice@company.com", password: "correct horse battery" };
const bob = { name: "Bob Martin", email: "bob@company.com", password: "a rather long password" };
const carla = { name: "Carla Diaz", email: "carla@firm.example", password: "yet another password" };
const dayMs = 86_400_000;
const refusedWithinMs = 5_000;
/** So long the shortest grant of the walk lasts. */
const grantLastsMs = 6_000;

let stage: Stage;
let owner: Page;
let member: Page;
let auditor: Page;
let token = "";
let url = "";
let organizationId = "";
let teamId = "";

beforeAll(async () => {
  stage = await openStage();
  ({ url } = stage.daybook);
  [owner, member, auditor] = await Promise.all([stage.visitor(alice.name), stage.visitor(bob.name), stage.visitor(carla.name)]);
  // The stream of the page opens late, as on a busy machine: what came before it is shown all the same.
  const sent = Promise.withResolvers<void>();
  await owner.route(/events\.tail/, (route) => sent.promise.then(() => route.continue()));
  await owner.goto(stage.daybook.setupLink);
  token = await setUp(owner, alice);
  const dana = { type: "user", id: "u7", name: "Dana Ruiz", email: "dana@company.com" };
  const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString();
  await send({ action: "notebook_created", actor: dana, resource: { type: "notebook", id: "n1", name: "Forecast" }, context: { ip: "203.0.113.77" } });
  await send({ action: "notebook_created", actor: dana, resource: { type: "notebook", id: "n0", name: "Old draft" }, occurred_at: daysAgo(3) });
  await send({ action: "report_exported", actor: dana, resource: { type: "report", id: "r1", name: "Payroll" } });
  sent.resolve();
  await owner.getByText("Forecast").first().waitFor();
  await owner.goto(`${url}/o/acme/logs/activity`);
  await rows(owner, "Forecast").waitFor();
});
afterAll(() => stage?.close());

async function call(path: string, secret: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url + path, { ...init, headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" } });
}
async function send(event: object): Promise<void> {
  expect((await call("/v1/events", token, { method: "POST", body: JSON.stringify(event) })).status).toBe(200);
}
/** The row of somebody in the table of members, and an act from its menu. */
async function actOn(name: string, act: string): Promise<void> {
  await go(owner, "Organization", "Members");
  await button(owner, `Actions for ${name}`).click();
  await choose(owner, act);
}

test("the log has doors in the account menu, the sidebar, the organization and the settings", async () => {
  for (const [type, path] of [
    ["System", "/logs/system"],
    ["User activity", "/logs/activity"],
  ] as const) {
    await accountMenu(owner);
    await chooseWithin(owner, "Logs", type);
    await owner.waitForURL(`${url}/o/acme${path}`);
  }
  await go(owner, "System logs");
  await owner.waitForURL(/logs\/system$/);
  await go(owner, "Activity logs");
  await rows(owner, "Payroll").waitFor();
  await go(owner, "Organization", "Audit logs");
  await owner.waitForURL(/organization\/audit-logs\/activity$/);
  await rows(owner, "Payroll").waitFor();
  await look(owner, "organization-logs");
  await go(owner, "Settings", "Security");
  await owner.getByRole("main").getByRole("link", { name: "Audit log", exact: true }).last().click();
  await owner.getByRole("navigation", { name: "Breadcrumb" }).getByText("Security").waitFor();
  await rows(owner, "Payroll").waitFor();
});

test("somebody is invited, and joins in another browser with a new account", async () => {
  await go(owner, "Organization", "Members");
  await button(owner, "Invite people").first().click();
  await look(owner, "invite");
  await button(dialogOf(owner), "Cancel").click();
  const link = await inviteBy(owner, bob.email, "Member");
  await owner.getByText("Invitations (1)").click();
  await owner.locator("[data-invitation]").filter({ hasText: bob.email }).waitFor();
  await look(owner, "invitations");
  await member.goto(link);
  await member.getByRole("heading", { name: "Join Acme" }).waitFor();
  await look(member, "join");
  await joinBy(member, bob);
  await member.getByText("You see only your own events").waitFor();
  expect(await rows(member, /Forecast|Payroll/).count()).toBe(0);
  await look(member, "own-log");
  await member.goto(link);
  await member
    .getByText(/accepted|used/)
    .first()
    .waitFor();
});

test("a role is changed after its gain and its loss were told", async () => {
  for (const [role, told] of [
    ["Admin", /will also see (≈ )?\d+ events\./],
    ["Member", /will no longer see (≈ )?\d+ events that they see now\./],
  ] as const) {
    await actOn(bob.name, "Change role…");
    const dialog = dialogOf(owner);
    await dialog.getByRole("radio", { name: beginsWith(role) }).check();
    await dialog.getByText(told).waitFor();
    await look(owner, `role-${role}`);
    await button(dialog, `Make ${role}`).click();
    await closed(owner);
    await owner.locator("[data-member]").filter({ hasText: bob.email }).getByRole("cell", { name: role, exact: true }).waitFor();
  }
  await look(owner, "members");
});

test("a team is made; its admin sees its log, and nothing of the organization alone", async () => {
  await go(owner, "Organization", "Teams");
  await button(owner, "New team").first().click();
  await dialogOf(owner).getByLabel("Name").fill("Insights");
  await dialogOf(owner).getByLabel("Description").fill("Forecasts and what they stand on");
  await button(dialogOf(owner), "Create team").click();
  await owner.getByRole("heading", { name: "Insights" }).waitFor();
  teamId = owner.url().split("/").at(-1) ?? "";
  await button(owner, "Add member").first().click();
  await dialogOf(owner).getByRole("combobox").fill("bob");
  await dialogOf(owner)
    .getByRole("option", { name: /Bob Martin/ })
    .click();
  await button(dialogOf(owner), "Add to team").click();
  await closed(owner);
  await button(owner, /^Role of Bob Martin/).click();
  await owner.getByRole("menuitemradio", { name: /^Team admin/ }).click();
  await button(owner, /^Role of Bob Martin: Team admin/).waitFor();
  await look(owner, "team");
  const team = { id: teamId, name: "Insights" };
  await send({ action: "dashboard_created", actor: { type: "user", id: "u7", name: "Dana Ruiz" }, resource: { type: "dashboard", name: "Churn" }, team });
  await send({
    action: "organization_variable_created",
    actor: { type: "user", id: "u7", name: "Dana Ruiz" },
    resource: { type: "variable", name: "VAULT" },
    team,
  });
  await member.goto(`${url}/o/acme/logs/activity`);
  await navigation(member).getByRole("link", { name: "Insights" }).waitFor();
  expect(await navigation(member).getByRole("link").allInnerTexts()).toEqual(
    ["Activity logs", "System logs", "Operations", "Investigate", "Catalog", "Organization", "Insights"].map((label) => expect.stringContaining(label)),
  );
  await go(member, "Insights");
  await member.getByRole("navigation", { name: "Team Insights" }).getByRole("link", { name: "Audit logs" }).click();
  for (const text of ["Churn", /Bob Martin.*Insights/]) await rows(member, text).first().waitFor();
  expect(await rows(member, /VAULT|Payroll|Invited/).count()).toBe(0);
  await look(member, "team-logs");
  await go(owner, "Activity logs");
  await rows(owner, "VAULT").waitFor();
});

test("a group gets a member, and access to a collection that is then raised", async () => {
  await go(owner, "Organization", "Groups");
  await button(owner, "New group").first().click();
  await dialogOf(owner).getByLabel("Name").fill("Analysts");
  await button(dialogOf(owner), "Create group").click();
  await owner.getByRole("combobox", { name: "Add a member" }).fill("bob");
  await owner.getByRole("option", { name: /Bob Martin/ }).click();
  await button(owner, "Remove Bob Martin from the group").waitFor();
  await look(owner, "group");
  await go(owner, "Organization", "Collections");
  await button(owner, "New collection").first().click();
  await dialogOf(owner).getByLabel("Name").fill("Sales");
  await button(dialogOf(owner), "Create collection").click();
  await owner.getByRole("tab", { name: /^Groups/ }).click();
  await button(owner, "Access for the group to add: View").click();
  await owner.getByRole("menuitemradio", { name: "Query" }).click();
  // A menu gives the focus back when it is gone; what is typed before that would lose it.
  await owner.locator("button:focus").filter({ hasText: "Query" }).waitFor();
  await owner.getByRole("combobox", { name: "Add a group" }).fill("ana");
  await owner.getByRole("option", { name: /Analysts/ }).click();
  await button(owner, "Access of Analysts: Query").click();
  await owner.getByRole("menuitemradio", { name: /^Manage/ }).click();
  await button(owner, "Access of Analysts: Manage").waitFor();
  await look(owner, "collection");
  await owner.getByRole("tab", { name: "Who can use this" }).click();
  await owner
    .getByRole("list", { name: /Who can use this/ })
    .getByText("by group Analysts")
    .waitFor();
});

test("a token is shown once, rotated and revoked, and refused within five seconds", async () => {
  const read = async (secret: string) => (await call("/v1/events?limit=1", secret)).status;
  await go(owner, "Settings", "API tokens");
  await button(owner, "New token").first().click();
  await dialogOf(owner).getByLabel("Name").fill("siem pull");
  await dialogOf(owner)
    .getByRole("checkbox", { name: /events:read/ })
    .check();
  await look(owner, "new-token");
  await button(dialogOf(owner), "Create token").click();
  const first = await takeSecret(owner, "token");
  expect(await read(first)).toBe(200);
  await button(owner, "Rotate siem pull").click();
  await dialogOf(owner).getByLabel("The old secret still works for").selectOption({ label: "24 hours" });
  await dialogOf(owner).getByLabel("The new secret expires").selectOption({ label: "In 30 days" });
  await button(dialogOf(owner), "Rotate token").click();
  const second = await takeSecret(owner, "token");
  expect([await read(first), await read(second)]).toEqual([200, 200]);
  await look(owner, "tokens");
  await button(owner, "Revoke siem pull").click();
  await button(dialogOf(owner), "Revoke token").click();
  await closed(owner);
  const begun = Date.now();
  await expect.poll(async () => [await read(first), await read(second)], { timeout: refusedWithinMs, interval: 200 }).toEqual([401, 401]);
  expect(Date.now() - begun).toBeLessThan(refusedWithinMs);
});

test("a member makes a key of their own, which does not read the log", async () => {
  await accountMenu(member);
  await choose(member, "Profile and security");
  await button(member, "New key").first().click();
  await dialogOf(member).getByLabel("Name").fill("bob-laptop");
  await button(dialogOf(member), "Create key").click();
  const key = await takeSecret(member, "key");
  expect((await call("/v1/events", key)).status).toBe(403);
  await member.locator("[data-key]").filter({ hasText: "bob-laptop" }).waitFor();
  await look(member, "account");
});

test("a service user is made, with a team that answers for it", async () => {
  await go(owner, "Organization", "Service users");
  await button(owner, "New service user").first().click();
  await dialogOf(owner).getByLabel("Name").fill("svc-forecast");
  await dialogOf(owner).getByLabel("Owner").selectOption({ label: "Insights" });
  await button(dialogOf(owner), "Create service user").click();
  await owner.locator("[data-service-user]").filter({ hasText: "svc-forecast" }).waitFor();
  await look(owner, "service-users");
});

test("an auditor sees nothing before a grant, and then, once the terms are accepted, exactly what it covers", async () => {
  const link = await inviteBy(owner, carla.email, "Auditor");
  await auditor.goto(link);
  await joinBy(auditor, carla);
  await auditor.getByRole("heading", { name: "Nothing of this log is open to you" }).waitFor();
  await look(auditor, "auditor-before");
  await go(owner, "Organization", "Auditors");
  await button(owner, "Grant access").first().click();
  const dialog = dialogOf(owner);
  await dialog.getByLabel("Search", { exact: true }).fill("notebook");
  await dialog.getByLabel("Events from").fill(new Date(Date.now() - dayMs).toISOString().slice(0, 10));
  await dialog.getByLabel("IP addresses").check();
  expect(await dialog.getByLabel("May export what they see").isChecked()).toBe(false);
  await dialog.getByLabel("Reason").fill("Yearly review");
  await dialog
    .getByText(/Covers/)
    .getByText("1 event", { exact: true })
    .waitFor();
  await look(owner, "grant");
  await button(dialog, "Grant access").click();
  await closed(owner);
  await owner.locator("[data-grant]").filter({ hasText: "Waits for the terms" }).waitFor();
  await look(owner, "auditors");
  await auditor.reload();
  await auditor.getByRole("heading", { name: "Read the log of Acme" }).waitFor();
  await look(auditor, "terms");
  await auditor.getByLabel(/I have read and accept/).check();
  await button(auditor, "Accept and open the log").click();
  await rows(auditor, "Forecast").waitFor();
  expect(await rows(auditor).count()).toBe(1);
  expect(await navigation(auditor).getByRole("link").allInnerTexts()).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/Settings|Organization|Alerts/)]),
  );
  await rows(auditor, "Forecast").click();
  await auditor.locator("[data-open-event]").getByText("Hidden from you").first().waitFor();
  expect(await auditor.content()).not.toContain("203.0.113");
  await look(auditor, "auditor-log");
  const covered = await ask(auditor, "events.list", (organizationId = await idOf(owner)), { logType: "activity" });
  expect(covered.status).toBe(200);
  expect(covered.said).not.toMatch(/Old draft|Payroll|bob@company/);
});

const idOf = async (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const answer = (await (await fetch("/trpc/session.me")).json()) as { result: { data: { organizations: { id: string }[] } } };
    return answer.result.data.organizations[0]?.id ?? "";
  });

test("a grant that is ended, and one that expires, close at the next request, in words", async () => {
  await go(owner, "Organization", "Auditors");
  await button(owner, `End the access of ${carla.name}`).click();
  await button(dialogOf(owner), "End access").click();
  await closed(owner);
  await owner.getByText("by Alice Chen").last().waitFor();
  const ended = await ask(auditor, "events.list", organizationId, { logType: "activity" });
  expect(ended.status).toBe(403);
  expect(ended.said).toContain("No grant to you as an auditor is in force");
  await auditor.reload();
  await auditor.getByRole("heading", { name: "Nothing of this log is open to you" }).waitFor();
  const expiresAt = Date.now() + grantLastsMs;
  // The dialog grants whole days; the door behind it takes any moment.
  const granted = await owner.evaluate(
    async ({ organization, ...body }) =>
      (
        await fetch("/trpc/auditors.grant", {
          method: "POST",
          headers: { "content-type": "application/json", "x-daybook-organization": organization },
          body: JSON.stringify(body),
        })
      ).status,
    { organization: organizationId, email: carla.email, filter: { q: "notebook" }, expiresAt: new Date(expiresAt).toISOString(), reason: "Some seconds" },
  );
  expect(granted).toBe(200);
  await auditor.reload();
  await rows(auditor, "Old draft").waitFor();
  await pause(Math.max(0, expiresAt - Date.now()) + 50);
  const expired = await ask(auditor, "events.list", organizationId, { logType: "activity" });
  expect(expired.status).toBe(403);
  expect(expired.said).toContain("it has ended");
  await button(owner, "Organization Acme. Switch organization").waitFor();
  await owner.reload();
  await owner.locator("[data-grant]").filter({ hasText: "ran out" }).waitFor();
  await look(owner, "auditors-ended");
});

test("an owner looks through a member's eyes: their events, and nothing to change", async () => {
  await actOn(bob.name, "What can they see?");
  await owner.locator("[data-simulation]").getByText("You see the log as Bob Martin would.").waitFor();
  await rows(owner, "bob-laptop").first().waitFor();
  expect(await rows(owner, /Payroll|Forecast|VAULT|Carla Diaz/).count()).toBe(0);
  await look(owner, "simulation");
  await button(owner, "Exit").click();
  await rows(owner, "Carla Diaz").first().waitFor();
});

test("whoever is suspended loses what is open before them", async () => {
  await member.goto(`${url}/o/acme/teams/${teamId}/logs/activity`);
  await rows(member, "Churn").waitFor();
  await actOn(bob.name, "Suspend…");
  await button(dialogOf(owner), "Suspend").click();
  await closed(owner);
  await owner.locator("[data-member]").filter({ hasText: bob.email }).getByText("Suspended").waitFor();
  await send({
    action: "dashboard_created",
    actor: { type: "user", id: "u7" },
    resource: { type: "dashboard", name: "After" },
    team: { id: teamId, name: "Insights" },
  });
  await member.getByRole("heading", { name: "This log is closed to you" }).waitFor();
  expect(await member.content()).not.toMatch(/Churn|After/);
  const refused = await ask(member, "events.list", organizationId, { logType: "activity" });
  expect(refused.status).toBe(403);
  expect(refused.said).toContain("suspended");
  await look(member, "suspended");
  await member.reload();
  await member.getByRole("heading", { name: "No organization is open to you" }).waitFor();
  expect(await member.content()).not.toMatch(/Churn|Insights/);
  await look(member, "no-organization");
  await button(member, "Sign out").click();
  await member.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a plan without the log shows what it would be, and nothing of it", async () => {
  await stage.daybook.command("plan", "set", "--name", "Starter", "--without", "log,export");
  await owner.goto(`${url}/o/acme/logs/activity`);
  await owner.locator("[data-state=gated]").waitFor();
  await owner.getByText("Here would be who did what").waitFor();
  await look(owner, "gated");
  expect(await rows(owner).count()).toBe(0);
  expect(await owner.content()).not.toMatch(/Forecast|Payroll|VAULT/);
  const refused = await call("/v1/events", token);
  expect(refused.status).toBe(402);
  expect(await refused.text()).toContain("The audit log is not part of this organization's plan.");
  await go(owner, "Settings", "Plan");
  await owner
    .getByRole("row", { name: /Audit log/ })
    .getByText("Not included")
    .waitFor();
  await look(owner, "plan");
  await stage.daybook.command("plan", "set", "--name", "Self-hosted");
  await owner.goto(`${url}/o/acme/logs/activity?q=payroll`);
  await rows(owner, "Payroll").waitFor();
});

test("signing out, a wrong password and signing in again", async () => {
  await accountMenu(owner);
  await choose(owner, "Sign out");
  await button(owner, "Sign in").waitFor();
  await signIn(owner, { ...alice, password: "not the password" });
  await owner.getByRole("alert").first().waitFor();
  await signIn(owner, alice);
  await navigation(owner).waitFor();
});

test.each(acts)("$action is in the log, with who, what, and before and after", async ({ action, row, details = [], changed = [] }) => {
  await owner.goto(`${url}/o/acme/logs/activity?action=${action}`);
  // The first of its kind: later ones of other people may stand above it.
  await rows(owner, row).last().click();
  const drawer = owner.locator("[data-open-event][data-state=ready]");
  await drawer.getByText(action, { exact: true }).waitFor();
  const shown = await drawer.innerText();
  for (const word of details) expect(shown).toContain(word);
  if (changed.length === 0) return;
  await drawer.getByRole("tab", { name: /^Changes/ }).click();
  for (const { field, before, after } of changed) {
    const line = drawer.locator("[data-change]").filter({ hasText: field });
    await line.first().waitFor();
    if (before !== undefined) expect(await line.locator("del").first().innerText()).toContain(before);
    if (after !== undefined) expect(await line.locator("ins").first().innerText()).toContain(after);
  }
});

test("the pages of people and settings hold in both themes and on a phone", async () => {
  for (const [area, tab] of [
    ["Organization", "Connections"],
    ["Settings", "General"],
    ["Settings", "Security"],
  ] as const) {
    await go(owner, area, tab);
    await owner.locator('main [data-state="ready"], main [data-state="empty"]').first().waitFor();
    await look(owner, tab.toLowerCase());
  }
});

test("no browser had anything to complain about", () => {
  expect(stage.complaints()).toEqual([]);
});
