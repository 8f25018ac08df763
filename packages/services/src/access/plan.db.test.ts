import { features } from "@daybook/policy";
import type { Feature, Plan } from "@daybook/policy";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { listEvents } from "../activity/search.ts";
import { listRules } from "../alerting/index.ts";
import { asDaybook } from "../context.ts";
import type { Context } from "../context.ts";
import { listImports } from "../importing/index.ts";
import { createCase, getCase, pinEvents } from "../investigations/index.ts";
import { listRedactionRules, tryRedactionRule } from "../redaction/index.ts";
import { createSchedule, listSchedules, sendDueReports } from "../reporting/index.ts";
import { getRetention, setRetention } from "../retention/index.ts";
import { listSources } from "../syncing/index.ts";
import { perform, read } from "../verb.ts";
import type { ReadDefinition } from "../verb.ts";
import { grantAuditor, previewAuditor } from "./auditors/index.ts";
import { previewMemberRole } from "./members/index.ts";
import { changePlan, getPlan } from "./plan.ts";
import { memberViewer } from "./viewers.ts";

let world: World;
let acme: Context;
beforeEach(async () => {
  world = await openWorld("2026-11-18T11:00:00Z");
  acme = await world.found("Acme");
});
afterEach(() => world.close());

const operator = () => asDaybook(acme.viewer.organizationId, "Operator");
const set = (plan: { name: string; without?: Feature[]; retentionDaysMax?: number | null }) => perform(world.platform, operator(), changePlan, plan);
/** As the next request of the same person sees the organization. */
const again = async ({ viewer, ...rest }: Context): Promise<Context> => {
  if (viewer.kind !== "member") throw new Error("a member asks");
  const person = { id: viewer.userId, name: viewer.actor.name ?? "", email: viewer.actor.email ?? "" };
  return { ...rest, viewer: await memberViewer(world.platform, person, viewer.organizationId) };
};

test("who hosts Daybook for themselves has every feature and no limit", async () => {
  const plan = await read(world.platform, acme, getPlan, {});
  expect(plan).toMatchObject({ name: "Self-hosted", retentionDaysMax: null });
  expect(plan.features.map(({ key }) => key)).toEqual(Object.keys(features));
  expect(plan.features.every(({ included }) => included)).toBe(true);
});

test("the operator's change is an event with before and after, which owners see and admins do not", async () => {
  await set({ name: "Free", without: ["streams", "export"], retentionDaysMax: 30 });
  const [event] = await world.log(acme, "organization_plan_changed");
  expect(event).toMatchObject({
    actor: { type: "system", name: "Operator" },
    changes: {
      before: { name: "Self-hosted", without: [], retention_days_max: null },
      after: { name: "Free", without: ["export", "streams"], retention_days_max: 30 },
    },
  });
  const admin = await testMember(world.platform, acme, "admin");
  const seenBy = async (context: Context) => (await read(world.platform, context, listEvents, {})).events.map(({ action }) => action);
  expect(await seenBy(acme)).toContain("organization_plan_changed");
  expect(await seenBy(admin)).not.toContain("organization_plan_changed");
});

test("the same plan again changes nothing and is no event", async () => {
  await set({ name: "Free", without: ["export"] });
  await set({ name: "Free", without: ["export"] });
  expect(await world.log(acme, "organization_plan_changed")).toHaveLength(1);
});

test("no role of an organization may change its plan", async () => {
  for (const role of ["admin", "member"] as const)
    await expect(perform(world.platform, await testMember(world.platform, acme, role), changePlan, { name: "Mine" })).rejects.toMatchObject({
      code: "forbidden",
    });
  await expect(perform(world.platform, acme, changePlan, { name: "Mine" })).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("Only whoever runs this Daybook"),
  });
});

describe("what a plan leaves out", () => {
  const gated: [Feature, ReadDefinition<unknown, unknown>][] = [
    ["log", listEvents as ReadDefinition<unknown, unknown>],
    ["alerts", listRules as ReadDefinition<unknown, unknown>],
    ["reports", listSchedules as ReadDefinition<unknown, unknown>],
    ["imports", listImports as ReadDefinition<unknown, unknown>],
    ["integrations", listSources as ReadDefinition<unknown, unknown>],
  ];

  test.each(gated)("%s answers its owners with the one sentence that the page of the plan shows, and with no data", async (feature, verb) => {
    await set({ name: "Free", without: [feature] });
    const owner = await again(acme);
    const sentence = (await read(world.platform, owner, getPlan, {})).features.find(({ key }) => key === feature)?.sentence;
    await expect(read(world.platform, owner, verb, {})).rejects.toMatchObject({ code: "not_in_plan", message: sentence });
  });

  test.each(gated)("%s does not touch the others", async (feature) => {
    await set({ name: "Free", without: [feature] });
    const owner = await again(acme);
    for (const [other, verb] of gated) if (other !== feature) await expect(read(world.platform, owner, verb, {})).resolves.toBeDefined();
    // Reading the built-in rules is in every plan.
    await expect(read(world.platform, owner, listRedactionRules, {})).resolves.toBeDefined();
  });

  test("the log tells nothing by any other door either: cases, redaction, roles, auditors", async () => {
    const { events } = await read(world.platform, acme, listEvents, {});
    const eventIds = events.map(({ id }) => id);
    const { id: caseId } = await perform(world.platform, acme, createCase, { recipe: "blank", title: "What happened" });
    await perform(world.platform, acme, pinEvents, { caseId, eventIds });
    const { viewer } = await testMember(world.platform, acme, "member");
    await set({ name: "Free", without: ["log"] });
    const owner = await again(acme);

    const timeline = JSON.stringify(await read(world.platform, owner, getCase, { caseId }));
    for (const { description } of events) expect(timeline).not.toContain(JSON.stringify(description).slice(1, -1));
    await expect(perform(world.platform, owner, pinEvents, { caseId, eventIds })).rejects.toMatchObject({ code: "not_found" });
    const rule = { name: "Everything", kind: "pattern", expression: "." } as const;
    expect(await read(world.platform, owner, tryRedactionRule, { rule })).toEqual({ tried: 0, events: [] });
    const role = { userId: viewer.actor.id ?? "", role: "admin" } as const;
    expect(await read(world.platform, owner, previewMemberRole, role)).toMatchObject({ before: 0, after: 0, gained: 0, lost: 0 });
    await expect(read(world.platform, owner, previewAuditor, {})).rejects.toMatchObject({ code: "not_in_plan" });
    const grant = { email: "ann@audit.example", expiresAt: "2026-12-18T11:00:00Z", reason: "the year" };
    await expect(perform(world.platform, owner, grantAuditor, grant)).rejects.toMatchObject({ code: "not_in_plan" });
    expect((await world.log(acme, "access_denied")).map(({ metadata, error }) => [metadata["verb"], error?.code])).toEqual([
      ["auditors.preview", "not_in_plan"],
      ["auditors.grant", "not_in_plan"],
    ]);
  });

  test("is back as it was when the plan has it again", async () => {
    await set({ name: "Free", without: ["log"] });
    await set({ name: "Pro" });
    await expect(read(world.platform, await again(acme), listEvents, {})).resolves.toMatchObject({ events: expect.any(Array) });
  });

  test("reports that are due wait for nobody: none is sent, and none is sent later for the time between", async () => {
    await perform(world.platform, acme, createSchedule, { name: "Weekly", recipients: ["bob@acme.example"], zone: "Europe/Paris", weekday: 1, hour: 8 });
    await set({ name: "Free", without: ["reports"] });
    await world.clock.set("2026-11-23T07:00:00Z");
    await sendDueReports(world.platform);
    await set({ name: "Pro" });
    await sendDueReports(world.platform);
    expect(Number((await world.ask<{ count: string }>("select count(*) from mails where kind = 'report'")).count)).toBe(0);
    const [schedule] = await read(world.platform, acme, listSchedules, undefined);
    expect(schedule?.nextRunAt).toBe("2026-11-30T07:00:00.000Z");
  });
});

describe("the longest retention", () => {
  const days = async () => (await read(world.platform, await again(acme), getRetention, {})).days;

  test("shortens what is kept for longer, and says so in the same transaction", async () => {
    await set({ name: "Free", retentionDaysMax: 30 });
    expect(await days()).toBe(30);
    expect(await world.log(acme, "retention_policy_updated")).toMatchObject([{ changes: { before: { days: null }, after: { days: 30 } } }]);
  });

  test("leaves a shorter policy alone", async () => {
    await perform(world.platform, acme, setRetention, { days: 7 });
    await set({ name: "Free", retentionDaysMax: 30 });
    expect(await days()).toBe(7);
    expect(await world.log(acme, "retention_policy_updated")).toHaveLength(1);
  });

  test.each([[31], [null]])("refuses an owner who wants to keep events for %s days", async (wanted) => {
    await set({ name: "Free", retentionDaysMax: 30 });
    await expect(perform(world.platform, await again(acme), setRetention, { days: wanted })).rejects.toMatchObject({ code: "not_in_plan" });
    expect(await days()).toBe(30);
  });
});

test("a feature that a later version added to the table is no business of this one", async () => {
  const organizationId = acme.viewer.organizationId;
  await world.ask(
    `insert into plans (organization_id, name, without_features, updated_at) values ('${organizationId}', 'Odd', '{telepathy}', now()) returning 1`,
  );
  const { viewer } = await again(acme);
  expect(viewer).toMatchObject({ plan: { name: "Odd", without: [] } satisfies Partial<Plan> });
});
