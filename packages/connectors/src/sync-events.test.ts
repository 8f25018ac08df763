import { checkEventInput } from "@daybook/event";
import { definitionOf } from "@daybook/catalog";
import { expect, test } from "vitest";
import type { NodeFailure, SyncReading } from "./define-source.ts";
import { dbt } from "./sources/dbt.ts";
import { sources } from "./sources/index.ts";
import { syncCompleted, syncNodeFailed, syncStarted } from "./sync-events.ts";
import type { SyncRun } from "./sync-events.ts";

const run: SyncRun = {
  kind: dbt,
  source: { id: "0190-source", name: "jaffle shop" },
  runId: "0190-run",
  operationId: "0190-operation",
  startedBy: { type: "user", id: "u-1", name: "Ann Lee", email: "ann@acme.io" },
};
const at = "2026-11-21T10:00:00.000Z";
const failure: NodeFailure = {
  uniqueId: "model.jaffle_shop.customers",
  name: "customers",
  resourceType: "model",
  status: "error",
  message: "Database Error\n  in model customers",
  durationMs: 200,
};
const reading: SyncReading = {
  invocationId: "24ad943b-c71e-497c-be0b-d037a3c525ad",
  generatedAt: "2026-08-10T07:03:39.914Z",
  startedAt: "2026-08-10T07:03:39.116Z",
  finishedAt: "2026-08-10T07:03:39.914Z",
  result: "failed",
  counts: { success: 8, pass: 20, error: 1, skipped: 2 },
  failures: [failure],
  warnings: ["manifest.json is missing, so the project is not counted."],
  project: "jaffle_shop",
};
const completed = (outcome: Parameters<typeof syncCompleted>[1]["outcome"]) => syncCompleted(run, { at, durationMs: 812.4, outcome });
const nodeFailed = syncNodeFailed(run, at, reading, failure);

test("all events of a run are system events of one operation, done by the sync for the member who asked", () => {
  for (const event of [syncStarted(run, at), completed(reading), nodeFailed]) {
    expect(event).toMatchObject({
      log_type: "system",
      occurred_at: at,
      actor: { type: "system", name: "dbt sync" },
      on_behalf_of: [run.startedBy],
      operation_id: "0190-operation",
      origin: "automation",
    });
    expect(checkEventInput(event)).toHaveProperty("event");
  }
});

test("the catalog knows every action of every source", () => {
  for (const { actions } of sources) for (const action of Object.values(actions)) expect(definitionOf(action)).toBeDefined();
});

test("the begin is in progress, the end has the worst status, counts, duration and what dbt said of itself", () => {
  expect(syncStarted(run, at)).toMatchObject({
    action: "dbt_data_sync_started",
    status: "in_progress",
    resource: { type: "source", id: "0190-source", name: "jaffle shop" },
  });
  expect(completed(reading)).toMatchObject({
    action: "dbt_data_sync_completed",
    status: "failed",
    error: { code: "nodes_failed" },
    description: 'dbt synchronisation of "jaffle shop" ended: 28 of 31 nodes succeeded, 1 failed, 2 skipped',
    duration_ms: 812,
    counts: reading.counts,
    metadata: { run_id: "0190-run", invocation_id: reading.invocationId, finished_at: reading.finishedAt, warnings: reading.warnings },
  });
  expect(completed({ ...reading, result: "success", counts: { success: 46, error: 0 } })).toMatchObject({
    status: "success",
    description: 'dbt synchronisation of "jaffle shop" ended: 46 of 46 nodes succeeded',
  });
  expect(completed({ ...reading, result: "success", counts: { nodes: 46 } }).description).toContain("no node ran, 46 nodes in the project");
});

test("a synchronisation that could not read ends as failed with the sentence", () => {
  const problem = { code: "not_found" as const, message: "The folder /x does not exist." };
  expect(completed({ problem })).toMatchObject({
    status: "failed",
    error: problem,
    description: 'dbt synchronisation of "jaffle shop" failed: The folder /x does not exist.',
  });
});

test("a failed node is its own event, with the whole message in metadata", () => {
  expect(nodeFailed).toMatchObject({
    action: "dbt_node_failed",
    status: "failed",
    error: { code: "error", message: "Database Error in model customers" },
    resource: { type: "dbt_model", id: failure.uniqueId, name: "customers" },
    related_resources: [{ type: "source", id: "0190-source" }],
    duration_ms: 200,
    metadata: { message: failure.message },
  });
});

test("begin and end are keyed by the run, a node by the invocation, so that the same artifacts tell a failure once", () => {
  expect([syncStarted(run, at).idempotency_key, completed(reading).idempotency_key]).toEqual(["sync:0190-run:started", "sync:0190-run:completed"]);
  const again = syncNodeFailed({ ...run, runId: "0190-later", operationId: "other" }, "2026-11-22T10:00:00.000Z", reading, failure);
  expect(again.idempotency_key).toBe(nodeFailed.idempotency_key);
  expect(syncNodeFailed(run, at, { ...reading, invocationId: "another" }, failure).idempotency_key).not.toBe(nodeFailed.idempotency_key);
  expect(syncNodeFailed({ ...run, source: { id: "0190-other", name: "other" } }, at, reading, failure).idempotency_key).not.toBe(nodeFailed.idempotency_key);
});

test("node ids of any length give keys that fit and differ", () => {
  const keyOf = (uniqueId: string) => syncNodeFailed(run, at, reading, { ...failure, uniqueId }).idempotency_key ?? "";
  const long = `test.shop.${"accepted_values_".repeat(40)}`;
  expect(keyOf(`${long}.aaa`)).not.toBe(keyOf(`${long}.bbb`));
  expect(keyOf(`${long}.aaa`).length).toBeLessThanOrEqual(256);
});

test("a scheduled run acts for nobody", () => {
  expect(syncStarted({ ...run, startedBy: null }, at)).not.toHaveProperty("on_behalf_of");
});
