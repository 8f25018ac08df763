import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow, newest, write } from "../../../test/log-readers.ts";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { countsOfSearches, facetsOfEvents, valuesOfKey } from "../../activity/facets.ts";
import { histogramOfEvents } from "../../activity/histogram.ts";
import { getEvent, listEvents } from "../../activity/search.ts";
import type { Context } from "../../context.ts";
import { perform, read } from "../../verb.ts";
import { grantAuditor } from "../auditors/index.ts";
import { addMemberToTeam, createTeam } from "../teams/index.ts";
import { borrowView, simulateAccess, whoSeesEvent } from "./index.ts";

let platform: TestPlatform;
let owner: Context;
let admin: Context;
let bob: Context;
const idOf = ({ viewer }: Context) => viewer.actor.id ?? "";

beforeAll(async () => {
  platform = { ...(await testPlatform()), now: () => new Date("2026-11-21T12:00:00.000Z") };
  await platform.store.ensurePartitions([platform.now()]);
  owner = await testOrganization(platform);
  admin = await testMember(platform, owner, "admin");
  bob = await testMember(platform, owner, "member");
  const team = await perform(platform, owner, createTeam, { name: "Insights" });
  await perform(platform, owner, addMemberToTeam, { teamId: team.id, userId: idOf(bob), role: "admin" });
  const at = { occurred_at: "2026-11-21T11:00:00.000Z" };
  await write(platform, owner, [
    { ...at, action: "bobs_act_created", actor: { type: "user", id: idOf(bob) } },
    { ...at, action: "team_act_created", actor: { type: "user", id: "u9" }, team: { id: team.id, name: "Insights" } },
    { ...at, action: "secret_act_created", actor: { type: "user", id: "u9" }, context: { ip: "203.0.113.77" } },
    { ...at, action: "organization_plan_changed", actor: { type: "user", id: idOf(bob) } },
  ]);
});
afterAll(() => platform.close());

const through = async (asker: Context, whom: Context): Promise<Context> => ({ ...asker, as: await borrowView(platform, asker, idOf(whom)) });
const actions = async (context: Context) =>
  (await read(platform, context, listEvents, { limit: 200 })).events
    .map(({ action }) => action)
    .filter((action) => action.includes("_act_") || action.includes("plan"));

test("the log is shown as the other would see it, and never more than the asker sees", async () => {
  expect((await actions(await through(owner, bob))).toSorted()).toEqual(["bobs_act_created", "organization_plan_changed", "team_act_created"]);
  expect((await actions(await through(await asNow(platform, admin), bob))).toSorted()).toEqual(["bobs_act_created", "team_act_created"]);
  const counted = await read(platform, await through(owner, bob), histogramOfEvents, { filter: { action: ["secret_act_created"] } });
  expect(counted.total).toBe(0);
  const eyes = await through(owner, bob);
  const { values } = await read(platform, eyes, valuesOfKey, { key: "action", text: "_act_" });
  expect(values.map(({ value }) => value).toSorted()).toEqual(["bobs_act_created", "team_act_created"]);
  expect((await read(platform, eyes, facetsOfEvents, { keys: ["ip"] })).groups[0]?.values).toEqual([]);
  expect(await read(platform, eyes, countsOfSearches, { searches: ["action:secret_act_created"] })).toEqual([{ count: 0, capped: false }]);
});

test("`me` is whoever is looked through: their own acts are shown, as they would see them", async () => {
  const page = await read(platform, await through(owner, bob), listEvents, { filter: { q: "actor:me action:bobs_act_created" } });
  expect(page.events).toHaveLength(1);
  expect((await read(platform, owner, listEvents, { filter: { q: "actor:me action:bobs_act_created" } })).events).toEqual([]);
});

test("each event says why the other sees it", async () => {
  const context = await through(owner, bob);
  const page = await read(platform, context, listEvents, { filter: { action: ["bobs_act_created", "team_act_created"] } });
  const reasons = await Promise.all(page.events.map(async ({ id }) => (await read(platform, context, getEvent, { id })).visibleBecause));
  expect(reasons.toSorted()).toEqual(["Some member did it.", "Some member is an admin of team “Insights”."]);
});

test("looking is recorded once a minute for each pair, under its key", async () => {
  for (let times = 0; times < 3; times += 1) await read(platform, owner, simulateAccess, { userId: idOf(bob) });
  expect(await newest(platform, owner, "access_simulated")).toMatchObject({ resource: { type: "user", id: idOf(bob) }, metadata: { role: "member" } });
  expect(
    await look(platform, `select 1 from events where action = 'access_simulated' and actor_id = '${idOf(owner)}' and resource_id = '${idOf(bob)}'`),
  ).toHaveLength(1);
});

test("an admin does not look through an owner's eyes, nobody else through anybody's, and it is a denial", async () => {
  await expect(read(platform, admin, simulateAccess, { userId: idOf(owner) })).rejects.toMatchObject({ code: "forbidden" });
  expect(await newest(platform, owner, "access_denied")).toMatchObject({ actor: { id: idOf(admin) }, metadata: { verb: "access.simulate" } });
  await expect(read(platform, bob, simulateAccess, { userId: idOf(admin) })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await testMember(platform, await testOrganization(platform), "member");
  const unknown = read(platform, owner, simulateAccess, { userId: "0190a0b0-0000-7000-8000-000000000001" });
  const foreign = read(platform, owner, simulateAccess, { userId: idOf(stranger) });
  const told = await Promise.all(
    [unknown, foreign].map((call) =>
      call.then(
        () => null,
        (error: unknown) => String(error),
      ),
    ),
  );
  expect(told[0]).toBe(told[1]);
});

test("the view of an auditor without a grant is empty, and the banner says why", async () => {
  const auditor = await testMember(platform, owner, "auditor");
  expect(await actions(await through(owner, auditor))).toEqual([]);
  expect(await read(platform, owner, simulateAccess, { userId: idOf(auditor) })).toMatchObject({ mayRead: false, role: "auditor" });
  await perform(platform, owner, grantAuditor, {
    email: auditor.viewer.actor.email,
    filter: { action: ["secret_act_created"] },
    hides: ["context.ip"],
    expiresAt: "2026-12-21T12:00:00.000Z",
    reason: "Audit",
  });
  const context = await through(owner, auditor);
  const [row] = (await read(platform, context, listEvents, {})).events;
  expect(row).toMatchObject({ action: "secret_act_created", ip: "[HIDDEN]", masked: ["context.ip"] });
});

test("who can see an event is told by name, with reasons", async () => {
  const [row] = (await read(platform, owner, listEvents, { filter: { action: ["team_act_created"] } })).events;
  const told = await read(platform, owner, whoSeesEvent, { id: row?.id ?? "" });
  expect(told.people.map(({ role, reason }) => `${role}: ${reason}`).toSorted()).toEqual([
    "admin: Some admin is an admin, and admins see all but what concerns owners alone.",
    "member: Some member is an admin of team “Insights”.",
    "owner: Olivia Owner is an owner, and owners see the whole log.",
  ]);
  expect(told).toMatchObject({ seeingTotal: 3, capped: false });
});
