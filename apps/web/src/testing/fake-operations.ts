import type { AuditEvent, OperationState } from "@daybook/event";
import type { ListedOperation } from "../features/operations/operation-words.ts";
import type { inferInput, inferOutput, Trpc } from "../trpc.ts";
import { rowOf } from "./fake-events.ts";
import { FakeNotFound } from "./fake-views.ts";

type Operations = Trpc["operations"];

const one = (state: OperationState, operationId: string, more: Partial<ListedOperation>): ListedOperation => ({
  operationId,
  state,
  status: "in_progress",
  action: "pipeline_started",
  namespace: "pipelines",
  actor: { type: "system", name: "Scheduler" },
  resource: { type: "pipeline", id: "pl_7", name: "Daily ETL" },
  lastAction: "pipeline_started",
  description: 'Started pipeline "Daily ETL"',
  startedAt: "2026-11-20T10:30:00.000Z",
  lastAt: "2026-11-20T10:30:00.000Z",
  endedAt: null,
  waitingSince: null,
  durationMs: null,
  outOfOrder: false,
  events: 1,
  firstSeq: 300,
  lastSeq: 300,
  typicalDurationMs: 1_284_000,
  ...more,
});

/** One in each state, and two more that ended. */
export const fakeOperations: ListedOperation[] = [
  one("running", "op_running", {}),
  one("waiting", "op_waiting", {
    status: "pending_approval",
    action: "permission_requested",
    lastAction: "permission_requested",
    namespace: "permissions",
    actor: { type: "user", id: "u_bob", name: "Bob Okafor", email: "bob@company.com" },
    resource: { type: "database", id: "db_1", name: "sales_db" },
    description: 'Asked for access to "sales_db"',
    startedAt: "2026-11-20T09:00:00.000Z",
    lastAt: "2026-11-20T09:00:00.000Z",
    waitingSince: "2026-11-20T09:00:00.000Z",
  }),
  one("never_ended", "op_lost", {
    actor: { type: "service_user", id: "svc-dbt", name: "svc-dbt" },
    resource: { type: "warehouse", id: "w_1", name: "A warehouse with a rather long name, as people give them" },
    description: "Started synchronising a warehouse with a rather long name, as people give them",
    startedAt: "2026-11-17T09:58:00.000Z",
    lastAt: "2026-11-17T09:58:00.000Z",
  }),
  one("ended", "op_1", {
    status: "success",
    actor: { type: "user", id: "u_alice", name: "Alice Chen", email: "alice@company.com" },
    resource: { type: "source", id: "s_1", name: "dbt" },
    action: "sync_requested",
    lastAction: "dbt_data_sync_completed",
    description: "Finished synchronising dbt: 312 models",
    startedAt: "2026-11-20T10:59:48.000Z",
    lastAt: "2026-11-20T11:04:00.000Z",
    endedAt: "2026-11-20T11:04:00.000Z",
    durationMs: 252_000,
    typicalDurationMs: 240_000,
    events: 3,
    outOfOrder: true,
  }),
  one("ended", "op_2", {
    status: "failed",
    lastAction: "pipeline_failed",
    description: 'Pipeline "Daily ETL" failed',
    lastAt: "2026-11-20T05:39:00.000Z",
    endedAt: "2026-11-20T05:39:00.000Z",
    durationMs: 540_000,
    typicalDurationMs: null,
    events: 2,
  }),
  one("ended", "op_3", {
    status: "success",
    resource: null,
    actor: { type: "anonymous" },
    action: "connection_invite_consumed",
    lastAction: "connection_invite_consumed",
    description: "Accepted an invitation",
    lastAt: "2026-11-20T03:39:00.000Z",
    endedAt: "2026-11-20T03:39:00.000Z",
  }),
];

export const fakeOperationAnswers = (events: AuditEvent[], input: unknown): Record<string, () => unknown> => ({
  "operations.list": () => {
    const { state = "any" } = (input ?? {}) as NonNullable<inferInput<Operations["list"]>>;
    return { operations: fakeOperations.filter((each) => state === "any" || each.state === state), nextCursor: null } satisfies inferOutput<Operations["list"]>;
  },
  "operations.counts": () =>
    ({ counts: { running: 1, waiting: 1, never_ended: 1, ended: 1_000 }, countedMax: 1_000 }) satisfies inferOutput<Operations["counts"]>,
  "operations.get": () => {
    const { operationId } = input as inferInput<Operations["get"]>;
    const operation = fakeOperations.find((each) => each.operationId === operationId);
    if (!operation) throw new FakeNotFound("There is no such operation.");
    const rows = events.slice(0, operation.events).map((event, at, { length }) => ({
      ...rowOf(event),
      operation_id: operationId,
      occurred_at: at === length - 1 ? operation.lastAt : operation.startedAt,
      description: at === 0 ? `Requested: ${operation.description}` : operation.description,
      status: at === length - 1 ? operation.status : ("in_progress" as const),
      error: null,
    }));
    return { operation, events: rows, eventsTotal: rows.length, eventsPurged: operationId === "op_2" ? 1 : 0 } satisfies inferOutput<Operations["get"]>;
  },
});
