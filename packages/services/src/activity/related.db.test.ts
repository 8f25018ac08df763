import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow } from "../../test/log-readers.ts";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { grantAuditor } from "../access/auditors/index.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { relatedEvents } from "./related.ts";
import { listEvents } from "./search.ts";

let world: World;
let owner: Context;

beforeAll(async () => {
  world = await openWorld("2026-11-20T12:00:00Z");
  owner = await world.found("Related");
  const at = (minute: number) => ({ occurred_at: `2026-11-19T10:${String(minute).padStart(2, "0")}:00.000Z` });
  await world.write(owner, [
    ...Array.from({ length: 30 }, (_, index) => ({
      ...at(index),
      action: "table_viewed",
      actor: { type: "user" as const, id: "u_kim", email: "kim@secret.example" },
      resource: { type: "table", name: index % 2 ? 'orders "EU"' : "sales" },
      context: { session_id: "session of kim@secret.example", request_id: `r ${index % 3}` },
      operation_id: index < 3 ? "me" : undefined,
    })),
    { ...at(59), action: "table_viewed", actor: { type: "user", id: "u_kim" } },
  ]);
});
afterAll(() => world.close());

const newest = async (context: Context) =>
  (await read(world.platform, context, listEvents, { filter: { q: "action:table_viewed", to: "2026-11-19T10:30:00.000Z" }, limit: 1 })).events[0];

test("each group counts all of its events but this one, and its search lists just these", async () => {
  const event = await newest(owner);
  const related = await read(world.platform, owner, relatedEvents, { id: event?.id ?? "" });
  expect(related.map(({ by, count, capped, events }) => [by, count, capped, events.length])).toEqual([
    ["request", 9, false, 9],
    ["session", 29, false, 20],
    ["actor", 29, false, 20],
    ["resource", 14, false, 14],
  ]);
  for (const { count, search } of related) {
    const { events } = await read(world.platform, owner, listEvents, { filter: { ...search }, limit: 200 });
    expect([search?.q, events.length]).toEqual([search?.q, count + 1]);
    expect(events.map(({ id }) => id)).toContain(event?.id);
  }
  expect(related.at(-1)?.search).toEqual({ q: 'resource:"orders \\"EU\\"" resource_type:table' });
});

test("a search that would name what is hidden from its reader is not offered", async () => {
  const auditor = await testMember(world.platform, owner, "auditor");
  await perform(world.platform, owner, grantAuditor, {
    email: auditor.viewer.actor.email ?? "",
    filter: { action: ["table_viewed"] },
    hides: ["actor.email"],
    expiresAt: "2026-12-21T12:00:00.000Z",
    reason: "Audit",
  });
  const context = await asNow(world.platform, auditor);
  const related = await read(world.platform, context, relatedEvents, { id: (await newest(context))?.id ?? "" });
  expect(related.find(({ by }) => by === "session")).toMatchObject({ count: 29, search: null });
  expect(related.find(({ by }) => by === "actor")?.search?.q).toBe("actor:u_kim");
  expect(JSON.stringify(related)).not.toContain("kim@");
});

test("what an auditor reads beside an event is written down like whatever else they read, with its rows", async () => {
  const auditor = await testMember(world.platform, owner, "auditor");
  await perform(world.platform, owner, grantAuditor, {
    email: auditor.viewer.actor.email ?? "",
    filter: { action: ["table_viewed"] },
    expiresAt: "2026-12-21T12:00:00.000Z",
    reason: "Audit",
  });
  const context = await asNow(world.platform, auditor);
  const event = await newest(context);
  const seen = async () => (await world.log(owner, "audit_log_viewed")).filter(({ actor }) => actor.id === auditor.viewer.actor.id);
  const before = (await seen()).length;
  const related = await read(world.platform, context, relatedEvents, { id: event?.id ?? "" });
  const rows = related.reduce((sum, { events }) => sum + events.length, 0);
  expect(rows).toBeGreaterThan(50);
  expect((await seen()).slice(before).map(({ rows_returned: told }) => told)).toEqual([1, rows]);
});
