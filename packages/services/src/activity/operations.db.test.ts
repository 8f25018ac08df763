import { visibleTo } from "@daybook/policy";
import type { EventInput, Status } from "@daybook/event";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import { read } from "../verb.ts";
import { countOperations, getOperation, listOperations } from "./operations.ts";

const now = "2026-11-18T10:00:00Z";
let world: World;
beforeAll(async () => {
  world = await openWorld(now);
});
afterAll(() => world.close());

const word = (operation_id: string, at: string, status: Status, more: Partial<EventInput> = {}): EventInput => ({
  action: `pipeline_${status === "in_progress" ? "started" : "completed"}`,
  operation_id,
  occurred_at: `2026-11-${at}:00.000Z`,
  status,
  ...more,
});
const list = async (context: Context, input: object = {}) => (await read(world.platform, context, listOperations, input)).operations;
const ids = async (context: Context, input: object = {}) => (await list(context, input)).map(({ operationId }) => operationId);
const get = (context: Context, operationId: string) => read(world.platform, context, getOperation, { operationId });

/** One operation in each state, the running one with a word of its own from a colleague. */
const scene = [
  word("ended", "18T07:00", "in_progress"),
  word("ended", "18T07:04", "success", { duration_ms: 1 }),
  word("broken", "17T03:00", "failed", { duration_ms: 500 }),
  word("running", "18T09:00", "in_progress", { resource: { type: "pipeline", name: "Daily ETL" } }),
  word("lost", "16T09:00", "in_progress"),
  word("asked", "18T08:00", "pending_approval", { action: "permission_requested" }),
];

test("an admin finds the same, but for what begins or ends with an action of the owners", async () => {
  const owner = await world.found("Admins");
  await world.write(owner, scene);
  await world.foldOperations();
  const admin = await testMember(world.platform, owner, "admin");
  const counted = async (context: Context) => (await read(world.platform, context, countOperations, {})).counts;
  expect(await ids(admin)).toEqual(await ids(owner));
  const before = await counted(owner);
  expect(await counted(admin)).toEqual(before);
  await world.write(owner, [word("of-owners", "18T08:30", "success", { action: "organization_plan_changed" })]);
  await world.foldOperations();
  expect(await ids(owner)).toContain("of-owners");
  expect(await ids(admin)).not.toContain("of-owners");
  expect(await counted(admin)).toEqual(before);
  await expect(get(admin, "of-owners")).rejects.toMatchObject({ code: "not_found" });
  expect(await get(admin, "ended")).toEqual(await get(owner, "ended"));
});

describe("an organization with an operation in each state", () => {
  let owner: Context;
  beforeAll(async () => {
    owner = await world.found("States");
    await world.write(owner, scene);
    await world.foldOperations();
  });

  test.each([
    ["running", ["running"]],
    ["waiting", ["asked"]],
    ["never_ended", ["lost"]],
    ["ended", ["ended", "broken"]],
    ["any", ["running", "asked", "ended", "broken", "lost"]],
  ])("asked for those that are %s, it answers %j, newest word first", async (state, expected) => {
    expect(await ids(owner, { state })).toEqual(expected);
  });

  test("how long in progress is too long can be said", async () => {
    expect(await ids(owner, { state: "never_ended", olderThanHours: 1 })).toEqual(["lost"]);
    expect(await ids(owner, { state: "running", olderThanHours: 48 })).toEqual(["running"]);
    expect(await ids(owner, { state: "running", olderThanHours: 49 })).toEqual(["running", "lost"]);
  });

  test("the counts are those of the lists", async () => {
    expect(await read(world.platform, owner, countOperations, undefined)).toMatchObject({ counts: { running: 1, waiting: 1, never_ended: 1, ended: 2 } });
  });

  test("pages go through all of them without gap or repeat", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const page: Awaited<ReturnType<typeof listOperations.run>> = await read(world.platform, owner, listOperations, { limit: 2, cursor });
      seen.push(...page.operations.map(({ operationId }) => operationId));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual(await ids(owner));
  });

  test("beside an operation stands what its kind usually takes, once there are enough to tell", async () => {
    const context = await world.found("Usual");
    const took = (id: string, minutes: number, status: Status = "success") => [
      word(id, "17T07:00", "in_progress"),
      word(id, `17T07:${String(minutes).padStart(2, "0")}`, status),
    ];
    const typical = async () => {
      await world.foldOperations();
      return (await list(context, { state: "running" })).map(({ typicalDurationMs }) => typicalDurationMs);
    };
    await world.write(context, [word("now", "18T09:59", "in_progress"), ...took("a", 4), ...took("b", 6), ...took("c", 50, "failed")]);
    expect(await typical()).toEqual([null]);
    await world.write(context, took("d", 10));
    expect(await typical()).toEqual([360_000]);
  });

  test.each(["nonsense", Buffer.from("2026-13-01T00:00:00.000Z x").toString("base64url"), Buffer.from("2026-11-01T00:00:00.000Z a\0b").toString("base64url")])(
    "the cursor %s is refused",
    async (cursor) => {
      await expect(list(owner, { cursor })).rejects.toMatchObject({ code: "invalid", path: "cursor" });
    },
  );

  test("one operation comes with what follows from its events, and with them, oldest first", async () => {
    const { operation, events, eventsTotal, eventsPurged } = await get(owner, "ended");
    expect(operation).toMatchObject({
      state: "ended",
      status: "success",
      durationMs: 240_000,
      startedAt: "2026-11-18T07:00:00.000Z",
      endedAt: "2026-11-18T07:04:00.000Z",
      action: "pipeline_started",
      lastAction: "pipeline_completed",
      events: 2,
    });
    expect(events.map(({ status }) => status)).toEqual(["in_progress", "success"]);
    expect({ eventsTotal, eventsPurged }).toEqual({ eventsTotal: 2, eventsPurged: 0 });
  });

  test("one operation is as new as the log, however far the consumer is behind", async () => {
    await world.write(owner, [word("running", "18T09:30", "failed"), word("unknown yet", "18T09:31", "in_progress")]);
    expect((await get(owner, "running")).operation).toMatchObject({ state: "ended", durationMs: 1_800_000, events: 2, resource: { name: "Daily ETL" } });
    expect((await get(owner, "unknown yet")).operation).toMatchObject({ state: "running", events: 1 });
  });

  test("a sender that gives one id to everything gets an operation that is still read at once", async () => {
    const careless = await world.found("Careless");
    await world.write(careless, [word("all", "18T05:00", "in_progress"), word("other", "18T05:01", "success"), word("all", "18T05:02", "success")]);
    await world.foldOperations();
    await world.store.platformTransaction((tx) =>
      tx.execute(`update operations set events = 20000 where organization_id = '${careless.viewer.organizationId}'`),
    );
    const { operation, events, eventsTotal, eventsPurged } = await get(careless, "all");
    expect(events.map(({ operation_id }) => operation_id)).toEqual(["all", "all"]);
    expect({ state: operation.state, eventsTotal, eventsPurged }).toEqual({ state: "ended", eventsTotal: 20_000, eventsPurged: 0 });
  });

  test("another organization's operation is none", async () => {
    const stranger = await world.found("Stranger");
    expect(await ids(stranger)).toEqual([]);
    await expect(get(stranger, "ended")).rejects.toMatchObject({ code: "not_found" });
    await expect(get(owner, "nothing")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a member", () => {
  let owner: Context;
  let member: Context;
  beforeAll(async () => {
    owner = await world.found("Members");
    member = await testMember(world.platform, owner, "member");
    const mine = { actor: { type: "user" as const, id: member.viewer.actor.id ?? "" } };
    const caused = { actor: { type: "agent" as const, id: "agent" }, on_behalf_of: [mine.actor] };
    await world.write(owner, [
      ...scene,
      word("mine", "18T06:00", "in_progress", mine),
      word("mine", "18T06:30", "success", mine),
      word("shared", "18T05:00", "pending_approval", mine),
      word("shared", "18T05:30", "success", { description: "The owner's secret answer" }),
      word("shared", "18T05:40", "in_progress"),
      word("caused", "18T04:00", "in_progress", caused),
    ]);
    await world.foldOperations();
  });

  test("sees the operations that they did or caused, and counts no other", async () => {
    expect(await ids(member)).toEqual(["mine", "shared", "caused"]);
    expect((await read(world.platform, member, countOperations, {})).counts).toEqual({ running: 1, waiting: 1, never_ended: 0, ended: 1 });
    expect(await ids(member, { state: "waiting" })).toEqual(["shared"]);
    for (const hidden of ["ended", "running", "lost"]) await expect(get(member, hidden)).rejects.toMatchObject({ code: "not_found" });
  });

  test("learns of a shared operation only what their own events say", async () => {
    const [detail, listed] = [await get(member, "shared"), (await list(member, { state: "waiting" }))[0]];
    expect({ ...detail.operation, typicalDurationMs: null }).toEqual(listed);
    expect(detail).toMatchObject({ operation: { events: 1, state: "waiting", lastSeq: detail.events[0]?.seq }, eventsTotal: 1, eventsPurged: 0 });
    expect(JSON.stringify([detail, listed])).not.toContain("secret");
    expect((await get(owner, "shared")).operation).toMatchObject({ events: 3, state: "running" });
  });

  test("finds in their pages what a fold of the events they may see finds", async () => {
    const { events } = await world.store.search(owner.viewer.organizationId, { query: visibleTo(member.viewer), limit: 200 });
    expect(new Set(await ids(member))).toEqual(new Set(events.flatMap(({ operation_id }) => operation_id ?? [])));
    const first = await read(world.platform, member, listOperations, { limit: 2 });
    const second = await read(world.platform, member, listOperations, { limit: 2, cursor: first.nextCursor });
    expect([...first.operations, ...second.operations].map(({ operationId }) => operationId)).toEqual(["mine", "shared", "caused"]);
    expect(second.nextCursor).toBeNull();
  });
});
