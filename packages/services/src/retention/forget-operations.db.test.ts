import type { EventInput } from "@daybook/event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { getOperation, listOperations } from "../activity/index.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { purgeExpired, setRetention } from "./index.ts";

let world: World;
let acme: Context;
let other: Context;
beforeAll(async () => {
  world = await openWorld("2026-11-18T11:00:00Z");
  [acme, other] = [await world.found("Acme"), await world.found("Other")];
});
afterAll(() => world.close());

const word = (operation_id: string, occurred_at: string, status: EventInput["status"]): EventInput => ({
  action: "pipeline_started",
  operation_id,
  occurred_at,
  ...(status && { status }),
});
const events = [
  word("gone", "2026-09-01T00:00:00.000Z", "in_progress"),
  word("gone", "2026-11-01T00:00:00.000Z", "success"),
  word("partly", "2026-11-01T00:00:00.000Z", "in_progress"),
  word("partly", "2026-11-17T00:00:00.000Z", "success"),
  word("late", "2026-11-02T00:00:00.000Z", "in_progress"),
];
const ids = async (context: Context) =>
  (await read(world.platform, context, listOperations, {})).operations.map(({ operationId }) => operationId).filter((id) => /^(gone|partly|late)/.test(id));

test("a purge forgets the operations of which nothing is left, and of no other organization", async () => {
  for (const context of [acme, other]) await world.write(context, events);
  await world.foldOperations();
  await perform(world.platform, acme, setRetention, { days: 10 });
  await purgeExpired(world.platform);
  expect(await ids(acme)).toEqual(["partly"]);
  expect(await ids(other)).toEqual(["partly", "late", "gone"]);
});

test("an operation that lost its beginning reads as it did, and says how many of its events are gone", async () => {
  const { operation, events: left, eventsTotal, eventsPurged } = await read(world.platform, acme, getOperation, { operationId: "partly" });
  expect(operation).toMatchObject({ state: "ended", startedAt: "2026-11-01T00:00:00.000Z", durationMs: 16 * 86_400_000, events: 2 });
  expect({ left: left.length, eventsTotal, eventsPurged }).toEqual({ left: 1, eventsTotal: 1, eventsPurged: 1 });
});

test("what the consumer folded after its events were purged goes with the next run", async () => {
  await perform(world.platform, other, setRetention, { days: 10 });
  await purgeExpired(world.platform);
  expect(await ids(other)).toEqual(["partly"]);
  await world.store.platformTransaction((tx) =>
    tx.execute(
      `update operations set last_at = '2026-10-01', operation_id = 'gone again' where operation_id = 'partly' and organization_id = '${other.viewer.organizationId}'`,
    ),
  );
  await purgeExpired(world.platform);
  expect(await ids(other)).toEqual([]);
});
