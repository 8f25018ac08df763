import { openStore } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deedsIn, monday, openAlertingWorld, roleChange, work } from "../../test/alerting.ts";
import type { AlertingWorld } from "../../test/alerting.ts";
import { dyingAt, isInjected } from "../../test/dying-at.ts";
import { testMember } from "../../test/test-platform.ts";
import { createToken, defaultAlertRule, listRules, perform, read, removeMember, resolveIncident, suspendMember, updateRule } from "../index.ts";
import type { Context } from "../index.ts";
import { openingsPerStepMax } from "./plan-incidents.ts";

let world: AlertingWorld;

beforeAll(async () => {
  world = await openAlertingWorld();
});
afterAll(() => world.close());

const tuesday = "2026-11-17T10:00:00.000Z";

test("a permission change becomes one incident, one mail and one `alerts_sent`, each pointing at the next", async () => {
  const acme = await world.acme();
  const eventId = await world.arrive(acme, roleChange);
  await world.work();
  await world.work();

  const { incidents, mails, opened, sent } = await deedsIn(world, acme);
  expect(incidents).toMatchObject([{ state: "open", event_count: 1, event_ids: [eventId], title: expect.stringContaining("Bob Smith"), severity: "high" }]);
  const incident = { type: "incident", id: incidents[0]?.id, name: expect.stringContaining("Bob Smith") };
  expect(opened).toMatchObject([
    { log_type: "system", resource: incident, actor: { type: "system" }, related_resources: [{ type: "alert_rule" }, { type: "event", id: eventId }] },
  ]);
  expect(mails).toMatchObject([{ state: "delivered", attempts: 1, recipients: [acme.viewer.actor.email], about: { resource: incident } }]);
  expect(mails[0]?.message_id).toBe(`<${mails[0]?.id}@daybook.acme.example>`);
  expect(mails[0]?.text).toContain(`/incidents?incident=${incidents[0]?.id}`);
  expect(sent).toMatchObject([
    {
      log_type: "system",
      status: "success",
      resource: incident,
      related_resources: [{ type: "alert_rule" }, { type: "mail", id: mails[0]?.id }],
      metadata: { channel: "mailbox", recipients: 1, rule: "Permission changes" },
    },
  ]);
});

test("further changes in the quiet window join the incident and send no second mail; after it they open another", async () => {
  const acme = await world.acme();
  await world.arrive(acme, roleChange);
  await world.work();
  const second = await world.arrive(acme, roleChange);
  await world.work();
  const within = await deedsIn(world, acme);
  expect(within.incidents).toMatchObject([{ event_count: 2, title: expect.stringMatching(/^2 permission changes .*Alice Jones$/) }]);
  expect(within.incidents[0]?.event_ids[0]).toBe(second);
  expect(within.mails.length).toBe(1);

  await world.clock.set(tuesday);
  await world.arrive(acme, roleChange);
  await world.work();
  expect(await deedsIn(world, acme)).toMatchObject({ incidents: [{ event_count: 2 }, { event_count: 1 }], mails: [{}, {}], sent: [{}, {}] });
  await world.clock.set(monday);
});

test("a change after the incident was resolved opens a new one, within the window too", async () => {
  const acme = await world.acme();
  await world.arrive(acme, roleChange);
  await world.work();
  const { incidents } = await deedsIn(world, acme);
  await perform(world.platform, acme, resolveIncident, { incidentId: incidents[0]?.id });
  await world.arrive(acme, roleChange);
  await world.work();
  expect(await deedsIn(world, acme)).toMatchObject({
    incidents: [
      { state: "resolved", event_count: 1 },
      { state: "open", event_count: 1 },
    ],
    mails: [{}, {}],
  });
});

test("each actor has an incident of their own", async () => {
  const acme = await world.acme();
  await world.arrive(acme, roleChange);
  await world.arrive(acme, { ...roleChange, actor: { type: "user", id: "u_18", name: "Mallory" } });
  await world.work();
  expect((await deedsIn(world, acme)).incidents.length).toBe(2);
});

test("what Daybook itself changes alerts too: a new workspace token", async () => {
  const acme = await world.acme();
  await perform(world.platform, acme, createToken, { name: "CI", scopes: ["events:write"] });
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toMatchObject([{ title: expect.stringContaining("CI") }]);
});

test("a rule that watches for everything does not answer its own mails", async () => {
  const acme = await world.acme();
  await watch(acme, { settings: { extraActions: ["*"], oneIncidentPer: "resource" } });
  await world.arrive(acme, { action: "tea_made", resource: { type: "kitchen", id: "k1" } });
  for (let round = 0; round < 5; round += 1) await world.work();
  const { incidents } = await deedsIn(world, acme);
  // The rule itself, made and edited; and the tea.
  expect(incidents.map(({ event_count }) => event_count)).toEqual([2, 1]);
});

test("an imported event of long ago alerts nobody, one of today does", async () => {
  const acme = await world.acme();
  await world.arrive(acme, { ...roleChange, occurred_at: "2026-11-15T09:59:59.000Z" }, { source: "import:github" });
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toEqual([]);
  await world.arrive(acme, { ...roleChange, metadata: { time_missing: true } }, { source: "import:github" });
  await world.arrive(acme, { ...roleChange, occurred_at: "2026-11-15T10:00:01.000Z" }, { source: "import:github" });
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toMatchObject([{ event_count: 1 }]);
});

test("what happened before a rule was made, or while it was off, is history to it", async () => {
  const acme = await world.found("Latecomer");
  await world.arrive(acme, roleChange);
  await world.work();
  await world.arrive(acme, roleChange);
  await world.store.platformTransaction((tx) => defaultAlertRule(tx, acme, world.platform));
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toEqual([]);

  await watch(acme, { enabled: false });
  await world.arrive(acme, roleChange);
  await watch(acme, { enabled: true });
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toEqual([]);
  await world.arrive(acme, roleChange);
  await world.work();
  expect((await deedsIn(world, acme)).incidents.length).toBe(1);
});

test("a rule without recipients opens incidents and sends nothing", async () => {
  const acme = await world.acme();
  await watch(acme, { recipients: [] });
  await world.arrive(acme, roleChange);
  await world.work();
  expect(await deedsIn(world, acme)).toMatchObject({ incidents: [{}], mails: [], sent: [] });
});

test("who was removed or is suspended gets no mail, whatever list they stand on", async () => {
  const acme = await world.acme();
  const [gone, resting] = [await testMember(world.platform, acme, "admin"), await testMember(world.platform, acme, "admin")];
  const recipients = [acme, gone, resting].map(({ viewer }) => viewer.actor.email ?? "");
  const [rule] = await read(world.platform, acme, listRules, undefined);
  await perform(world.platform, acme, updateRule, { ruleId: rule?.id ?? "", recipients });
  await perform(world.platform, acme, removeMember, { userId: gone.viewer.actor.id ?? "" });
  await perform(world.platform, acme, suspendMember, { userId: resting.viewer.actor.id ?? "" });
  await world.arrive(acme, roleChange);
  await world.work();
  const { mails } = await deedsIn(world, acme);
  expect(mails.length).toBeGreaterThan(0);
  expect(new Set(mails.flatMap((mail) => mail.recipients))).toEqual(new Set([acme.viewer.actor.email]));
});

test("a rule that this version cannot read is told to the operator and does not keep others from firing", async () => {
  const acme = await world.acme();
  await world.store.platformTransaction((tx) => defaultAlertRule(tx, acme, world.platform));
  await world.ask(`
    update alert_rules set kind = 'from_the_future'
    where organization_id = '${acme.viewer.organizationId}' and id = (select min(id::text)::uuid from alert_rules where organization_id = '${acme.viewer.organizationId}')
    returning id`);
  await world.arrive(acme, roleChange);
  const told: string[] = [];
  await work({ ...world.platform, log: { ...world.platform.log, error: (_, message) => told.push(message) } });
  expect(new Set(told)).toEqual(new Set(["an alert rule cannot be read and does not fire"]));
  expect((await deedsIn(world, acme)).incidents.length).toBe(1);
});

test("more openings than one step may have are all opened, in several steps", async () => {
  const acme = await world.acme();
  const actors = openingsPerStepMax + 5;
  for (let at = 0; at < actors; at += 1) await world.arrive(acme, { ...roleChange, actor: { type: "user", id: `u_${at}` } });
  await world.work();
  const { incidents, mails, sent } = await deedsIn(world, acme);
  expect([incidents.length, mails.length, sent.length]).toEqual([actors, actors, actors]);
});

test("an actor's id of any length and script makes an incident", async () => {
  const acme = await world.acme();
  await world.arrive(acme, { ...roleChange, actor: { type: "user", id: "ж".repeat(512) } });
  await world.arrive(acme, { ...roleChange, actor: { type: "user", id: "ж".repeat(512) } });
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toMatchObject([{ event_count: 2 }]);
});

test("a worker that dies at any step leaves, after the next run, one incident, one mail and one event of each", async () => {
  let step = 0;
  for (let survived = false; !survived;) {
    step += 1;
    const acme = await world.acme();
    const eventId = await world.arrive(acme, roleChange);
    await world.arrive(acme, roleChange);
    const dying = dyingAt(world.platform, step);
    const outcome = await work(dying.platform).catch((error: unknown) => error);
    survived = dying.survived();
    expect(isInjected(outcome), `step ${step}: ${String(outcome)}`).toBe(!survived);
    await world.work();
    const { incidents, mails, opened, sent } = await deedsIn(world, acme);
    const counts = { incidents: incidents.length, events: incidents[0]?.event_count, mails: mails.length, opened: opened.length, sent: sent.length };
    expect(counts, `died at step ${step}`).toEqual({ incidents: 1, events: 2, mails: 1, opened: 1, sent: 1 });
    expect(incidents[0]?.event_ids).toContain(eventId);
  }
  // Cursor, rules, incident, mail, two appends, wake-up, commits: fewer would mean that nothing was tried.
  expect(step).toBeGreaterThan(12);
});

test("two workers at once do everything once", async () => {
  const other = { ...world.platform, store: openStore({ url: world.url, applicationName: "other", max: 4 }) };
  const acme = await world.acme();
  const actors = 12;
  for (let at = 0; at < 3 * actors; at += 1) await world.arrive(acme, { ...roleChange, actor: { type: "user", id: `u_${at % actors}` } });
  await Promise.all([work(world.platform), work(other), work(world.platform), work(other)]);
  await work(world.platform);
  await other.store.close();
  const { incidents, mails, opened, sent } = await deedsIn(world, acme);
  expect(incidents.map(({ event_count }) => event_count)).toEqual(Array.from({ length: actors }, () => 3));
  expect([mails.length, opened.length, sent.length]).toEqual([actors, actors, actors]);
  expect(new Set(sent.map(({ resource }) => resource?.id))).toEqual(new Set(incidents.map(({ id }) => id)));
});

async function watch(context: Context, change: object): Promise<void> {
  const { id } = await world.ask<{ id: string }>(`select id from alert_rules where organization_id = '${context.viewer.organizationId}'`);
  await perform(world.platform, context, updateRule, { ruleId: id, ...change });
}

test("what is for owners alone opens no incident and goes into no mail, whatever a rule watches for", async () => {
  const acme = await world.acme();
  const [rule] = await read(world.platform, acme, listRules, undefined);
  await perform(world.platform, acme, updateRule, { ruleId: rule?.id, settings: { ...rule?.settings, extraActions: ["organization_plan_*", "kiln_fired"] } });
  await world.arrive(acme, { action: "organization_plan_changed" });
  await world.work();
  expect(await deedsIn(world, acme)).toMatchObject({ incidents: [], mails: [] });
  await world.arrive(acme, { action: "kiln_fired" });
  await world.work();
  expect(await deedsIn(world, acme)).toMatchObject({ incidents: [{ event_count: 1 }] });
});
