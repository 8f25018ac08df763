import { equals } from "@daybook/query";
import { seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "../../test/child.ts";
import { dbtFolder, platformOn } from "../../test/platform-on.ts";
import { testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { runSyncs } from "./run-syncs.ts";
import { listRuns, runSource } from "./runs.ts";
import { createSource } from "./sources.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const leaseMs = 31_000;
/** A worker with something to do takes at least these, so that each of them is a place to die at. */
const stepsMin = 15;

/** A worker in a process of its own, killed with SIGKILL at a step; how it ended and how many steps it took. */
const work = async ({ dieAt, offset }: { dieAt: number; offset: number }) =>
  (await startChild("runSyncs", { url: platform.url, now: new Date(Date.now() + offset).toISOString(), dieAt })).done;

async function requestedRun() {
  const context = await testOrganization(platform);
  const { id: sourceId } = await perform(platform, context, createSource, { kind: "dbt", name: "Models", settings: { folder: "/x" } });
  const { operationId } = await perform(platform, context, runSource, { sourceId });
  return { context, sourceId, operationId };
}

async function expectOnce({ context, sourceId, operationId }: { context: Context; sourceId: string; operationId: string }, told: string) {
  const { events } = await platform.store.feed(context.viewer.organizationId, { afterSeq: 0, query: equals("operation_id", operationId), limit: 100 });
  expect(
    events.map(({ action }) => action),
    told,
  ).toEqual(["sync_requested", "dbt_data_sync_started", "dbt_node_failed", "dbt_data_sync_completed"]);
  expect(await read(platform, context, listRuns, { sourceId }), told).toMatchObject([{ state: "failed", finishedAt: expect.any(String) }]);
}

const afterLease = (offset: number) => runSyncs(platformOn(platform.store, { now: () => new Date(Date.now() + offset), folder: dbtFolder("with-error") }));

test("a worker killed with SIGKILL at any step leaves nothing undone and nothing twice", async () => {
  const { steps } = await work({ dieAt: 0, offset: 0 });
  const whole = await requestedRun();
  const finished = await work({ dieAt: 0, offset: 0 });
  expect(finished.signal).toBeNull();
  await expectOnce(whole, "not killed");
  expect(finished.steps).toBeGreaterThanOrEqual(Math.max(stepsMin, steps + 9));
  for (let dieAt = 1; dieAt <= finished.steps; dieAt += 1) {
    const run = await requestedRun();
    expect(await work({ dieAt, offset: 0 })).toMatchObject({ signal: "SIGKILL" });
    await afterLease(leaseMs);
    await expectOnce(run, `killed at step ${dieAt}`);
  }
});

test("workers killed one after the other at random steps leave nothing undone and nothing twice", async () => {
  const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
  console.info(`seed ${seed}`);
  const random = seededRandom(seed);
  for (let round = 0; round < 4; round += 1) {
    const run = await requestedRun();
    const deaths = Array.from({ length: 1 + Math.floor(random() * 4) }, () => 1 + Math.floor(random() * stepsMin));
    const ends = [];
    for (const [at, dieAt] of deaths.entries()) ends.push((await work({ dieAt, offset: at * leaseMs })).signal);
    expect(ends[0]).toBe("SIGKILL");
    await afterLease(deaths.length * leaseMs);
    await expectOnce(run, `seed ${seed}, killed at ${deaths.join(", ")}`);
  }
});
