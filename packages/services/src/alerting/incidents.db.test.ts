import { afterAll, beforeAll, expect, test } from "vitest";
import { deedsIn, fakeSmtp, openAlertingWorld, refused, roleChange, work } from "../../test/alerting.ts";
import type { AlertingWorld } from "../../test/alerting.ts";
import { testMember } from "../../test/test-platform.ts";
import { acknowledgeIncident, listIncidents, perform, read, resolveIncident } from "../index.ts";
import type { Context } from "../index.ts";

let world: AlertingWorld;

beforeAll(async () => {
  world = await openAlertingWorld();
});
afterAll(() => world.close());

const list = (context: Context, input?: { state: "open" | "acknowledged" | "resolved" }) => read(world.platform, context, listIncidents, input);

/** An organization with one open incident of two events. */
async function withIncident(): Promise<{ acme: Context; incidentId: string; eventIds: string[] }> {
  const acme = await world.acme();
  const eventIds = [await world.arrive(acme, roleChange), await world.arrive(acme, roleChange)];
  await world.work();
  const [incident] = await list(acme);
  if (!incident) throw new Error("the incident is there");
  return { acme, incidentId: incident.id, eventIds };
}

test("an incident is listed with its rule, its events newest first, and who was told when", async () => {
  const { acme, incidentId, eventIds } = await withIncident();
  expect(await list(acme)).toEqual([
    {
      id: incidentId,
      ruleId: expect.any(String),
      ruleName: "Permission changes",
      kind: "permission_changes",
      severity: "high",
      state: "open",
      title: expect.stringContaining("Alice Jones"),
      openedAt: world.platform.now().toISOString(),
      lastEventAt: world.platform.now().toISOString(),
      eventCount: 2,
      acknowledgedBy: null,
      resolvedBy: null,
      note: null,
      deliveries: [{ to: acme.viewer.actor.email, state: "delivered", at: world.platform.now().toISOString() }],
      events: [expect.objectContaining({ id: eventIds[1], action: roleChange.action }), expect.objectContaining({ id: eventIds[0], changed_fields: ["role"] })],
    },
  ]);
});

test("a mail that was refused shows so beside the recipient", async () => {
  const acme = await world.acme();
  await world.arrive(acme, roleChange);
  await work({ ...world.platform, mail: fakeSmtp(refused) });
  expect((await list(acme))[0]?.deliveries).toMatchObject([{ state: "failed" }]);
});

test("acknowledging and resolving are recorded with who did it and why, and the list can ask for a state", async () => {
  const { acme, incidentId } = await withIncident();
  expect(await perform(world.platform, acme, acknowledgeIncident, { incidentId })).toEqual({ state: "acknowledged" });
  expect(await list(acme, { state: "open" })).toEqual([]);
  expect(await list(acme, { state: "acknowledged" })).toMatchObject([{ acknowledgedBy: { name: acme.viewer.actor.name } }]);
  expect(await perform(world.platform, acme, resolveIncident, { incidentId, note: "Asked Alice: it was planned." })).toEqual({ state: "resolved" });
  expect(await list(acme, { state: "resolved" })).toMatchObject([{ resolvedBy: { name: acme.viewer.actor.name }, note: "Asked Alice: it was planned." }]);

  const incident = { type: "incident", id: incidentId };
  expect(await world.log(acme, "incident_acknowledged")).toMatchObject([
    { actor: acme.viewer.actor, resource: incident, changes: { fields: [{ path: "state", before: "open", after: "acknowledged" }] } },
  ]);
  expect(await world.log(acme, "incident_resolved")).toMatchObject([
    {
      actor: acme.viewer.actor,
      resource: incident,
      reason: "Asked Alice: it was planned.",
      changes: { fields: [{ path: "state", before: "acknowledged", after: "resolved" }] },
    },
  ]);
});

test("two people who press the same button do it once", async () => {
  const { acme, incidentId } = await withIncident();
  const states = await Promise.all([1, 2, 3].map(() => perform(world.platform, acme, resolveIncident, { incidentId })));
  expect(states).toEqual([{ state: "resolved" }, { state: "resolved" }, { state: "resolved" }]);
  expect((await world.log(acme, "incident_resolved")).length).toBe(1);
  expect(await perform(world.platform, acme, acknowledgeIncident, { incidentId })).toEqual({ state: "resolved" });
  expect(await world.log(acme, "incident_acknowledged")).toEqual([]);
});

test("people may act while the worker adds events, and neither is lost", async () => {
  const { acme, incidentId } = await withIncident();
  for (let at = 0; at < 5; at += 1) await world.arrive(acme, roleChange);
  await Promise.all([world.work(), perform(world.platform, acme, acknowledgeIncident, { incidentId }), world.work()]);
  await world.work();
  expect((await deedsIn(world, acme)).incidents).toMatchObject([{ state: "acknowledged", event_count: 7 }]);
});

test("another organization's incident is not found, and nothing is recorded anywhere", async () => {
  const { acme, incidentId } = await withIncident();
  const other = await world.acme();
  for (const verb of [acknowledgeIncident, resolveIncident])
    await expect(perform(world.platform, other, verb, { incidentId })).rejects.toMatchObject({ code: "not_found" });
  expect(await list(other)).toEqual([]);
  expect((await list(acme))[0]?.state).toBe("open");
  for (const context of [acme, other]) expect(await world.log(context, "incident_resolved")).toEqual([]);
});

test("a member without the grant is refused, and the denial is in the log", async () => {
  const { acme, incidentId } = await withIncident();
  const member = await testMember(world.platform, acme, "member");
  await expect(perform(world.platform, member, resolveIncident, { incidentId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(list(member)).rejects.toMatchObject({ code: "forbidden" });
  expect(await world.log(acme, "access_denied")).toMatchObject([
    { status: "failed", metadata: { verb: "incidents.resolve", grant: "incidents:act" } },
    { status: "failed", metadata: { verb: "incidents.list", grant: "alerts:read" } },
  ]);
});

test("where addresses are shown short, an incident's title has none in full but for owners", async () => {
  const acme = await world.acme();
  const admin = await testMember(world.platform, acme, "admin");
  await world.arrive(acme, { ...roleChange, resource: { type: "user", id: "u_42", name: "Bob at 203.0.113.77" } });
  await world.work();
  const short = (context: Context): Context => ({ ...context, viewer: { ...context.viewer, ipDisplay: "masked" } as Context["viewer"] });
  expect((await list(short(acme)))[0]?.title).toContain("203.0.113.77");
  const [shown] = await list(short(admin));
  expect(JSON.stringify(shown)).not.toContain("203.0.113.77");
  expect(shown?.title).toContain("Bob at 203.0.113.…");
});
