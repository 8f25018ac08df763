import { afterAll, beforeAll, expect, test } from "vitest";
import { openAlertingWorld, roleChange } from "../../test/alerting.ts";
import type { AlertingWorld } from "../../test/alerting.ts";
import { testMember } from "../../test/test-platform.ts";
import { listRules, perform, read, updateRule } from "../index.ts";
import type { Context } from "../index.ts";

let world: AlertingWorld;

beforeAll(async () => {
  world = await openAlertingWorld();
});
afterAll(() => world.close());

const list = (context: Context) => read(world.platform, context, listRules, undefined);
const idOf = async (context: Context): Promise<string> => (await list(context))[0]?.id ?? "";
const edits = (context: Context) => world.log(context, "alert_rule_updated");

test("every organization begins with a rule on permission changes that tells its owners, and the log says so", async () => {
  const acme = await world.acme();
  expect(await list(acme)).toMatchObject([
    {
      name: "Permission changes",
      kind: "permission_changes",
      kindTitle: "Permission changes",
      enabled: true,
      recipients: [acme.viewer.actor.email],
      lastFiredAt: null,
      incidentsOpen: 0,
    },
  ]);
  expect(await world.log(acme, "alert_rule_created")).toMatchObject([
    {
      actor: { type: "system" },
      resource: { type: "alert_rule", id: await idOf(acme), name: "Permission changes" },
      changes: { after: { recipients: [acme.viewer.actor.email] } },
    },
  ]);
});

test("a rule says when it last fired and how many of its incidents are open", async () => {
  const acme = await world.acme();
  const other = await world.acme();
  await world.arrive(acme, roleChange);
  await world.arrive(acme, { ...roleChange, actor: { type: "user", id: "u_18" } });
  await world.work();
  expect(await list(acme)).toMatchObject([{ lastFiredAt: world.platform.now().toISOString(), incidentsOpen: 2 }]);
  expect(await list(other)).toMatchObject([{ lastFiredAt: null, incidentsOpen: 0 }]);
});

test("the console can draw the form: every setting has a title and a hint", async () => {
  const acme = await world.acme();
  const { settings, settingsSchema } = (await list(acme))[0] ?? {};
  const properties = settingsSchema?.["properties"] as Record<string, { title?: string; hint?: string }>;
  expect(Object.keys(properties).toSorted()).toEqual(Object.keys(settings ?? {}).toSorted());
  for (const [name, property] of Object.entries(properties))
    expect([name, property.title, property.hint]).toEqual([name, expect.any(String), expect.any(String)]);
});

test("an edit is recorded with what was and what is, field by field", async () => {
  const acme = await world.acme();
  const ruleId = await idOf(acme);
  expect(await perform(world.platform, acme, updateRule, { ruleId, name: "Access", recipients: ["sec@acme.example"], settings: { quietMinutes: 30 } })).toEqual(
    { changed: true },
  );
  expect(await list(acme)).toMatchObject([{ name: "Access", recipients: ["sec@acme.example"], settings: { quietMinutes: 30, oneIncidentPer: "actor" } }]);
  expect(await edits(acme)).toMatchObject([
    {
      actor: acme.viewer.actor,
      resource: { type: "alert_rule", id: ruleId, name: "Access" },
      changes: {
        fields: [
          { path: "name", before: "Permission changes", after: "Access" },
          { path: "recipients", before: [acme.viewer.actor.email], after: ["sec@acme.example"] },
          { path: "settings.quietMinutes", before: 10, after: 30 },
        ],
      },
    },
  ]);
});

test("an edit that changes nothing is not recorded", async () => {
  const acme = await world.acme();
  const [rule] = await list(acme);
  const { id: ruleId, name, enabled, recipients, settings } = rule ?? {};
  expect(await perform(world.platform, acme, updateRule, { ruleId, name, enabled, recipients, settings })).toEqual({ changed: false });
  expect(await edits(acme)).toEqual([]);
});

test("an address that stands twice gets one mail", async () => {
  const acme = await world.acme();
  await perform(world.platform, acme, updateRule, { ruleId: await idOf(acme), recipients: ["Sec@acme.example", "sec@ACME.example", "ops@acme.example"] });
  expect(await list(acme)).toMatchObject([{ recipients: ["Sec@acme.example", "ops@acme.example"] }]);
});

test.each([
  { what: "an address that is none", change: { recipients: ["sec@acme.example", "sec"] }, path: "recipients.1" },
  { what: "two addresses in one", change: { recipients: ["a@acme.example, b@acme.example"] }, path: "recipients.0" },
  { what: "more recipients than a mail has", change: { recipients: Array.from({ length: 51 }, (_, at) => `p${at}@acme.example`) }, path: "recipients" },
  { what: "a setting out of its bounds", change: { settings: { quietMinutes: 0 } }, path: "settings.quietMinutes" },
  { what: "a setting that the kind does not have", change: { settings: { loudness: 11 } }, path: "settings" },
  { what: "no name", change: { name: "  " }, path: "name" },
])("$what is refused by the name of its field, and nothing changes", async ({ change, path }) => {
  const acme = await world.acme();
  const before = await list(acme);
  await expect(perform(world.platform, acme, updateRule, { ruleId: before[0]?.id, ...change })).rejects.toMatchObject({ code: "invalid", path });
  expect(await list(acme)).toEqual(before);
  expect(await edits(acme)).toEqual([]);
});

test("another organization's rule is not found, and a member may not edit their own's", async () => {
  const acme = await world.acme();
  const other = await world.acme();
  const ruleId = await idOf(acme);
  await expect(perform(world.platform, other, updateRule, { ruleId, enabled: false })).rejects.toMatchObject({ code: "not_found" });
  await expect(perform(world.platform, await testMember(world.platform, acme, "member"), updateRule, { ruleId, enabled: false })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await world.log(acme, "access_denied")).toMatchObject([{ metadata: { verb: "rules.update", grant: "alerts:write" } }]);
  expect(await list(acme)).toMatchObject([{ enabled: true }]);
});
