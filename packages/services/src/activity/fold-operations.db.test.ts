import { statuses } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { operations } from "@daybook/store";
import { foldOperation } from "@daybook/event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "../../test/child.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";

const now = "2026-11-18T10:00:00Z";
/** More than the steps that a whole run takes, so that the last life always ends by itself. */
const livesMax = 40;

let world: World;
beforeAll(async () => {
  world = await openWorld(now);
});
afterAll(() => world.close());

const projected = ({ viewer }: Context) =>
  operations.list(world.store.of(viewer.organizationId), viewer.organizationId, { state: "any", silentSince: new Date(now), before: null, limit: 1_000 });

/** What the whole log says of each operation, folded at once. */
async function expected(context: Context) {
  const events = (await world.log(context)).filter(({ operation_id }) => operation_id !== null);
  return new Map([...Map.groupBy(events, ({ operation_id }) => operation_id ?? "")].map(([id, some]) => [id, foldOperation(some)]));
}

/** Eight operations, whose events arrive interleaved and out of their order. */
const jumble = (count: number): EventInput[] =>
  Array.from({ length: count }, (_, at) => ({
    action: at % 5 ? "pipeline_started" : "notebook_created",
    ...(at % 5 && { operation_id: `op_${(at * 7) % 8}` }),
    status: statuses[(at * 3) % 4] ?? "success",
    occurred_at: `2026-11-17T0${(at * 5) % 9}:00:00.000Z`,
    actor: { type: "user", id: `u${at % 3}`, name: `User ${at % 3}` },
    ...(at % 2 && { resource: { type: "pipeline", id: `p${at}` }, duration_ms: at }),
  }));

test("killed before, between and after each of its steps, the consumer folds every event once", async () => {
  const organizations: Context[] = [];
  for (const name of ["Acme", "Bell", "Cole"]) organizations.push(await world.found(name));
  for (const context of organizations) await world.write(context, jumble(40));
  let died = 0;
  let finished = false;
  for (let dieAt = 1; dieAt <= livesMax && !finished; dieAt += 1) {
    const life = await (await startChild("foldOperations", { url: world.url, now, dieAt })).done;
    if (life.signal === "SIGKILL") died += 1;
    else finished = true;
  }
  expect({ finished, died: died > 0 }).toEqual({ finished: true, died: true });
  for (const context of organizations) {
    const kept = new Map((await projected(context)).map(({ operationId, operation }) => [operationId, operation]));
    expect(kept.size).toBe(8);
    expect(kept).toEqual(await expected(context));
  }
});

test("step by step or from the beginning of an old log, the operations are the same", async () => {
  const [step, whole] = [await world.found("Step"), await world.found("Whole")];
  const events = jumble(60);
  for (let at = 0; at < events.length; at += 7) {
    await world.write(step, events.slice(at, at + 7));
    await world.foldOperations();
  }
  await world.write(whole, events);
  await world.foldOperations();
  await world.foldOperations();
  for (const context of [step, whole])
    expect(new Map((await projected(context)).map((each) => [each.operationId, each.operation]))).toEqual(await expected(context));
});

test("an operation whose every part is as long as it may be is kept like any other", async () => {
  const context = await world.found("Long");
  const long = (start: string) => start + "漢".repeat(510);
  await world.write(context, [
    { action: "notebook_created", operation_id: long("a"), actor: { type: "user", id: long("b"), name: long("c") }, resource: { type: long("d") } },
    { action: "notebook_created", operation_id: long("a"), description: "x".repeat(16_000), status: "in_progress" },
  ]);
  await world.foldOperations();
  expect(await projected(context)).toMatchObject([{ operationId: long("a"), operation: { events: 2 } }]);
});
