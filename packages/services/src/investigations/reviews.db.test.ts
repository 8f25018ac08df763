import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { look, testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { checkItem, getReview, listEvents, listReviews, perform, read, reopenReview, signOff, uncheckItem } from "../index.ts";
import type { Context, ReviewView } from "../index.ts";
import { reviewItems } from "./review-items.ts";

// A Wednesday in Paris; the last complete week began on Monday the 9th.
const now = "2026-11-18T10:00:00.000Z";
const week = "2026-11-09";
let world: World;
let owner: Context;
let organizations = 0;
beforeAll(async () => {
  world = await openWorld(now);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.clock.set(now);
  owner = await world.found(`Review-${(organizations += 1)}`);
});

const get = (context: Context = owner, input?: { week?: string }): Promise<ReviewView> => read(world.platform, context, getReview, input);
const list = (context: Context = owner) => read(world.platform, context, listReviews, undefined);
const check = (item: string, { context = owner, note = "" } = {}) => perform(world.platform, context, checkItem, { week, item, note });
const checkAll = async (context: Context = owner) => {
  for (const { id } of reviewItems) await check(id, { context });
};
const seenIn = ({ items }: ReviewView) => Object.fromEntries(items.map(({ item, count }) => [item, count]));
const sign = async (context: Context = owner, seen?: Record<string, number>) =>
  perform(world.platform, context, signOff, { week, statement: "Looked at everything", seen: seen ?? seenIn(await get(context, { week })) });
const reopen = (context: Context = owner) => perform(world.platform, context, reopenReview, { week, reason: "An export was overlooked" });
const failures = (...times: string[]) =>
  world.write(
    owner,
    times.map((occurred_at) => ({ action: "pipeline_failed", status: "failed" as const, occurred_at })),
  );

describe("the week", () => {
  test("is the last complete one in the organization's zone, from Monday to Sunday, with the week before beside it", async () => {
    // Paris: Monday the 9th begins at 23:00 UTC on Sunday.
    await failures("2026-11-08T22:59:59.999Z", "2026-11-08T23:00:00.000Z", "2026-11-15T22:59:59.999Z", "2026-11-15T23:00:00.000Z", "2026-11-02T12:00:00.000Z");
    const view = await get();
    expect(view).toMatchObject({
      week,
      until: "2026-11-15",
      from: "2026-11-08T23:00:00.000Z",
      to: "2026-11-15T23:00:00.000Z",
      previous: "2026-11-02",
      next: null,
    });
    expect(view.items.find(({ item }) => item === "failed_operations")).toMatchObject({ q: "status:failed", count: 2, before: 2, capped: false });
    expect(view).toMatchObject({ state: "open", signature: null });
    expect((await get(owner, { week: "2026-11-02" })).items.find(({ item }) => item === "failed_operations")).toMatchObject({ count: 2, before: 0 });
  });

  test("can be an earlier one, and no other day, no week that is not over, and none of long ago", async () => {
    expect(await get(owner, { week: "2026-11-02" })).toMatchObject({ week: "2026-11-02", next: week });
    for (const other of ["2026-11-16", "2026-11-10", "2020-01-06", "soon"])
      await expect(get(owner, { week: other })).rejects.toMatchObject({ code: "invalid" });
  });

  test("names the actions that were never seen before it", async () => {
    await world.write(owner, [
      { action: "kiln_fired", occurred_at: "2026-11-10T09:00:00.000Z" },
      { action: "kiln_fired", occurred_at: "2026-11-11T09:00:00.000Z" },
      { action: "kiln_cleaned", occurred_at: "2026-11-03T09:00:00.000Z" },
    ]);
    await world.rollUp();
    expect((await get()).items.find(({ item }) => item === "new_actions")).toMatchObject({ q: "action:kiln_fired", count: 2, before: 1 });
  });
});

test("a new action that is called like an operation counts its own events and lists them, and no others of that operation", async () => {
  const occurred_at = "2026-11-10T09:00:00.000Z";
  await world.write(owner, [{ action: "report_deleted", occurred_at: "2026-11-03T09:00:00.000Z" }]);
  await world.write(owner, [
    { action: "deleted", occurred_at },
    { action: "kiln_fired", occurred_at },
    { action: "report_deleted", occurred_at },
    { action: "kiln_warmed", operation: "kiln_fired", occurred_at },
    { action: "kiln_warmed", operation: "kiln_fired", occurred_at: "2026-11-03T09:00:00.000Z" },
  ]);
  await world.rollUp();
  const { items, from, to } = await get();
  const found = items.find(({ item }) => item === "new_actions");
  expect(found?.count).toBe(2);
  const { events } = await read(world.platform, owner, listEvents, { filter: { q: found?.q, from, to } });
  expect(events.map(({ action }) => action).toSorted()).toEqual(["deleted", "kiln_fired"]);
});

test("of more new actions than a search holds, those that fit are counted, and the week can still be looked through", async () => {
  const occurred_at = "2026-11-10T09:00:00.000Z";
  await world.write(
    owner,
    Array.from({ length: 30 }, (_, at) => ({ action: `vendor.${String(at).padStart(2, "0")}.${"x".repeat(100)}`, occurred_at })),
  );
  await world.rollUp();
  const found = (await get()).items.find(({ item }) => item === "new_actions");
  expect(found?.q.length).toBeLessThanOrEqual(2_000);
  expect(found?.count).toBeGreaterThan(10);
});

test("whose name stands beside an item is in the log for having looked at it; who looks a second time changes nothing", async () => {
  const admin = await testMember(world.platform, owner, "admin");
  const beside = async () => (await get()).items.find(({ item }) => item === "anonymous")?.checked;
  const told = async () => (await world.log(owner, "weekly_review_item_checked")).map(({ actor }) => actor.id);
  await check("anonymous");
  const first = await beside();
  await world.clock.set("2026-11-18T11:00:00.000Z");
  await check("anonymous");
  expect([await beside(), await told()]).toEqual([first, [owner.viewer.actor.id]]);
  await check("anonymous", { context: admin });
  expect(await beside()).toMatchObject({ by: admin.viewer.actor.name, at: "2026-11-18T11:00:00.000Z" });
  expect(await told()).toEqual([owner.viewer.actor.id, admin.viewer.actor.id]);
});

describe("signing off", () => {
  test("takes having looked at everything, and stands in the log with its figures and their searches", async () => {
    await failures("2026-11-10T10:00:00.000Z");
    await check("failed_operations", { note: "The warehouse was moved" });
    await expect(sign()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/Not looked at yet: Permission changes, .*Anonymous access/),
    });
    await checkAll();
    await sign();
    expect(await get()).toMatchObject({ state: "signed", signature: { by: "Olivia Owner", at: now, statement: "Looked at everything" } });
    const [signed] = await world.log(owner, "weekly_review_signed_off");
    expect(signed).toMatchObject({
      actor: owner.viewer.actor,
      resource: { type: "weekly_review", id: week, name: "Week of 2026-11-09" },
      reason: "Looked at everything",
      metadata: { week, zone: "Europe/Paris", from: "2026-11-08T23:00:00.000Z" },
    });
    expect(signed?.metadata["figures"]).toContainEqual({ item: "failed_operations", q: "status:failed", count: 1, before: 0 });
    expect((await world.log(owner, "weekly_review_item_checked")).map(({ metadata }) => metadata["item"])).toContain("large_exports");
  });

  test("happens once, however many press the button at the same moment", async () => {
    await checkAll();
    const seen = seenIn(await get());
    const admins = await Promise.all([1, 2, 3, 4, 5, 6].map(() => testMember(world.platform, owner, "admin")));
    const tries = await Promise.allSettled([owner, ...admins].map((context) => sign(context, seen)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of tries)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("signed this week off already") });
    expect(await world.log(owner, "weekly_review_signed_off")).toHaveLength(1);
    expect(await look(world.platform, `select week from weekly_reviews where organization_id = '${owner.viewer.organizationId}'`)).toHaveLength(1);
  });

  test("vouches for figures that its signer saw: with an event that came late it is refused, and nothing is signed", async () => {
    await checkAll();
    const seen = seenIn(await get());
    await failures("2026-11-12T10:00:00.000Z");
    await expect(sign(owner, seen)).rejects.toMatchObject({ code: "conflict", path: "seen" });
    expect(await get()).toMatchObject({ state: "open" });
    await sign();
  });

  test("is over and done with until somebody opens the week again, with a reason, and keeps who had signed", async () => {
    await checkAll();
    await sign();
    for (const act of [() => check("anonymous", { note: "x" }), () => perform(world.platform, owner, uncheckItem, { week, item: "anonymous" }), () => sign()])
      await expect(act()).rejects.toMatchObject({ code: "conflict" });
    const admin = await testMember(world.platform, owner, "admin");
    await Promise.all([reopen(admin), reopen(admin)]);
    expect(await world.log(owner, "weekly_review_reopened")).toMatchObject([{ reason: "An export was overlooked", metadata: { signed_by: "Olivia Owner" } }]);
    expect(await get()).toMatchObject({ state: "open", signature: { by: "Olivia Owner" } });
    await perform(world.platform, owner, uncheckItem, { week, item: "anonymous" });
    await expect(sign(admin)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Anonymous access") });
    await check("anonymous");
    await sign(admin);
    expect(await get()).toMatchObject({ state: "signed", signature: { by: "Some admin" } });
    expect(await world.log(owner, "weekly_review_item_unchecked")).toHaveLength(1);
  });
});

test("weeks that nobody signed off are overdue once another has ended; one that was opened again says so", async () => {
  await world.clock.set("2026-12-09T10:00:00.000Z");
  const weeks = async () => (await list()).weeks.map((each) => `${each.week} ${each.state}`);
  expect(await weeks()).toEqual(["2026-11-30 due", "2026-11-23 overdue", "2026-11-16 overdue"]);
  await checkAll();
  await sign();
  expect(await weeks()).toContain("2026-11-09 signed");
  await reopen();
  expect(await weeks()).toContain("2026-11-09 reopened");
});

test("an organization that began today has one week to look at", async () => {
  expect((await list()).weeks).toEqual([{ week, until: "2026-11-15", state: "due", signature: null }]);
});

test("owners and admins review; members and auditors are refused, and each organization has its own", async () => {
  for (const role of ["member", "auditor"] as const) {
    const context = await testMember(world.platform, owner, role);
    for (const act of [() => get(context), () => list(context), () => check("anonymous", { context }), () => sign(context, {}), () => reopen(context)])
      await expect(act()).rejects.toMatchObject({ code: "forbidden" });
  }
  await checkAll();
  await sign();
  const elsewhere = await world.found(`Elsewhere-review-${organizations}`);
  expect(await get(elsewhere)).toMatchObject({ state: "open", signature: null, items: expect.arrayContaining([expect.objectContaining({ checked: null })]) });
  await expect(reopen(elsewhere)).rejects.toMatchObject({ code: "not_found" });
});

test("what only owners may hear of is in nobody's figures", async () => {
  await world.write(owner, [{ action: "organization_plan_changed", status: "failed", occurred_at: "2026-11-10T09:00:00.000Z" }]);
  await world.rollUp();
  for (const context of [owner, await testMember(world.platform, owner, "admin")])
    expect(seenIn(await get(context))).toMatchObject({ failed_operations: 0, new_actions: 0 });
});
