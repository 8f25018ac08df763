import { foldOperation } from "@daybook/event";
import type { Actor, Operation, OperationEvent, OperationState, Resource, Status } from "@daybook/event";
import { and, desc, eq, gte, lt, notInArray, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { arrayLiteral } from "./events/compile-query.ts";
import { operations } from "./schema/index.ts";

/** An operation and its name. */
export interface NamedOperation {
  operationId: string;
  operation: Operation;
}

export const operationsConsumer = "operations";

const actorAndResource = drizzleSql.raw(`
  jsonb_strip_nulls(jsonb_build_object('type', actor_type, 'id', actor_id, 'name', actor_name, 'email', actor_email)) as actor,
  case when resource_type is not null then
    jsonb_strip_nulls(jsonb_build_object('type', resource_type, 'id', resource_id, 'name', resource_name)) end as resource`);

/** Adds the next events to the operations that they name. Returns the last sequence looked at; purged ones are passed over. */
export async function fold(tx: Tx, organizationId: string, { afterSeq, limit }: { afterSeq: number; limit: number }): Promise<number> {
  const step = await readStep(tx, organizationId, { afterSeq, limit });
  const named = Map.groupBy(
    step.filter((row) => row.operation_id !== null),
    (row) => row.operation_id ?? "",
  );
  if (named.size > 0) {
    const known = await findAll(tx, organizationId, [...named.keys()]);
    await save(
      tx,
      organizationId,
      [...named].flatMap(([operationId, rows]) => {
        const operation = foldOperation(rows.map(eventOf), known.get(operationId) ?? null);
        return operation ? [{ operationId, operation }] : [];
      }),
    );
  }
  return Number(step.at(-1)?.seq ?? afterSeq);
}

/** Operations whose events are read in one statement: each is a look into the index of every month. */
const refoldedAtOnceMax = 500;
/** Events read in one statement; an operation of more is folded page by page. */
const refoldPageEvents = 5_000;

/**
 * Folds operations again from what the log still has of them, as far as the consumer has come; what has no event left is forgotten. Adding events is
 * easy and taking one away is not: only the others know what began and how it stands. The consumer's cursor must be held.
 */
export async function refold(tx: Tx, organizationId: string, { operationIds, toSeq }: { operationIds: readonly string[]; toSeq: number }): Promise<void> {
  for (let start = 0; start < operationIds.length; start += refoldedAtOnceMax) {
    const ids = operationIds.slice(start, start + refoldedAtOnceMax);
    const folded = new Map<string, Operation>();
    for (let afterSeq = 0, full = true; full;) {
      const rows = await readOf(tx, organizationId, { ids, afterSeq, toSeq });
      for (const [operationId, events] of Map.groupBy(rows, (row) => row.operation_id ?? "")) {
        const operation = foldOperation(events.map(eventOf), folded.get(operationId) ?? null);
        if (operation) folded.set(operationId, operation);
      }
      full = rows.length === refoldPageEvents;
      afterSeq = Number(rows.at(-1)?.seq ?? toSeq);
    }
    await tx.execute(drizzleSql`
      delete from operations where organization_id = ${organizationId}::uuid and operation_id = any (${arrayLiteral(ids)}::text[])`);
    if (folded.size > 0)
      await save(
        tx,
        organizationId,
        [...folded].map(([operationId, operation]) => ({ operationId, operation })),
      );
  }
}

/** Which of these operations are known. */
export async function existing(tx: Tx, organizationId: string, operationIds: readonly string[]): Promise<string[]> {
  if (operationIds.length === 0) return [];
  const rows = await tx
    .select({ operationId: operations.operationId })
    .from(operations)
    .where(and(eq(operations.organizationId, organizationId), drizzleSql`${operations.operationId} = any (${arrayLiteral(operationIds)}::text[])`));
  return rows.map(({ operationId }) => operationId);
}

const readOf = (tx: Tx, organizationId: string, { ids, afterSeq, toSeq }: { ids: readonly string[]; afterSeq: number; toSeq: number }) =>
  tx.execute<StepRow>(drizzleSql`
    select seq, operation_id, occurred_at, action, namespace, status, description, duration_ms, ${actorAndResource}
    from organization_events
    where organization_id = ${organizationId}::uuid
      and tokens && (
        select array_agg(event_token(event_salt(${organizationId}::uuid), 'operation_id', value))
        from unnest(${arrayLiteral(ids)}::text[]) value)
      and operation_id = any (${arrayLiteral(ids)}::text[])
      and seq > ${afterSeq}::bigint
      and seq <= ${toSeq}::bigint
    order by seq
    limit ${refoldPageEvents}`);

/** A type, not an interface: rows of a raw statement have an index signature. */
type StepRow = {
  seq: string;
  operation_id: string | null;
  occurred_at: string;
  action: string;
  namespace: string;
  actor: Actor;
  resource: Resource | null;
  status: Status;
  description: string;
  duration_ms: number | null;
};

/** Events of operations among the next of the log, and behind them the last event looked at. Most events have no operation, and stay where they are. */
const readStep = (tx: Tx, organizationId: string, { afterSeq, limit }: { afterSeq: number; limit: number }) =>
  tx.execute<StepRow>(drizzleSql`
    with step as materialized (
      select seq, operation_id, occurred_at, action, namespace, actor_type, actor_id, actor_name, actor_email, resource_type, resource_id,
        resource_name, status, description, duration_ms
      from organization_events
      where organization_id = ${organizationId}::uuid and seq > ${afterSeq}::bigint
      order by seq
      limit ${limit}
    )
    select seq, operation_id, occurred_at, action, namespace, status, description, duration_ms,
      ${actorAndResource}
    from step
    where operation_id is not null or seq = (select max(seq) from step)
    order by seq`);

const eventOf = ({ operation_id: _operationId, ...row }: StepRow): OperationEvent => ({
  ...row,
  seq: Number(row.seq),
  occurred_at: new Date(row.occurred_at).toISOString(),
});

async function findAll(tx: Tx, organizationId: string, operationIds: string[]): Promise<Map<string, Operation>> {
  const rows = await tx
    .select()
    .from(operations)
    .where(and(eq(operations.organizationId, organizationId), drizzleSql`${operations.operationId} = any (${arrayLiteral(operationIds)}::text[])`));
  return new Map(rows.map((row) => [row.operationId, operationOf(row)]));
}

/** One JSON value for all rows: a step may touch more columns than a statement has room for parameters (65,535). */
async function save(tx: Tx, organizationId: string, named: NamedOperation[]): Promise<void> {
  await tx.execute(drizzleSql`
    insert into operations (
      organization_id, operation_id, start_seq, started_at, start_status, first_action, namespace, actor, resource, last_event_seq, last_at, status,
      last_action, description, told_duration_ms, begun, events, first_seq, last_seq)
    select ${organizationId}::uuid, operation_id, start_seq, started_at, start_status, first_action, namespace, actor, resource, last_event_seq, last_at,
      status, last_action, description, told_duration_ms, begun, events, first_seq, last_seq
    from jsonb_to_recordset(${JSON.stringify(named.map(recordOf))}::text::jsonb) as folded (
      operation_id text, start_seq bigint, started_at timestamptz, start_status text, first_action text, namespace text, actor jsonb, resource jsonb,
      last_event_seq bigint, last_at timestamptz, status text, last_action text, description text, told_duration_ms double precision, begun boolean,
      events bigint, first_seq bigint, last_seq bigint)
    on conflict (organization_id, operation_id) do update set
      start_seq = excluded.start_seq, started_at = excluded.started_at, start_status = excluded.start_status, first_action = excluded.first_action,
      namespace = excluded.namespace, actor = excluded.actor, resource = excluded.resource, last_event_seq = excluded.last_event_seq,
      last_at = excluded.last_at, status = excluded.status, last_action = excluded.last_action, description = excluded.description,
      told_duration_ms = excluded.told_duration_ms, begun = excluded.begun, events = excluded.events, first_seq = excluded.first_seq,
      last_seq = excluded.last_seq`);
}

const recordOf = ({ operationId, operation: { first, last, begun, events, firstSeq, lastSeq } }: NamedOperation) => ({
  operation_id: operationId,
  start_seq: first.seq,
  started_at: first.occurred_at,
  start_status: first.status,
  first_action: first.action,
  namespace: first.namespace,
  actor: first.actor,
  ...(first.resource && { resource: first.resource }),
  last_event_seq: last.seq,
  last_at: last.occurred_at,
  status: last.status,
  last_action: last.action,
  description: last.description,
  told_duration_ms: last.duration_ms,
  begun,
  events,
  first_seq: firstSeq,
  last_seq: lastSeq,
});

const operationOf = (row: typeof operations.$inferSelect): Operation => ({
  first: {
    seq: row.startSeq,
    occurred_at: row.startedAt.toISOString(),
    status: row.startStatus,
    action: row.firstAction,
    namespace: row.namespace,
    actor: row.actor,
    resource: row.resource,
  },
  last: {
    seq: row.lastEventSeq,
    occurred_at: row.lastAt.toISOString(),
    status: row.status,
    action: row.lastAction,
    description: row.description,
    duration_ms: row.toldDurationMs,
  },
  begun: row.begun,
  events: row.events,
  firstSeq: row.firstSeq,
  lastSeq: row.lastSeq,
});

/** As far as the consumer has come: events with a greater sequence than its `lastSeq` are not in it. */
export async function find(db: Executor, organizationId: string, operationId: string): Promise<Operation | null> {
  const [row] = await db
    .select()
    .from(operations)
    .where(and(eq(operations.organizationId, organizationId), eq(operations.operationId, operationId)));
  return row ? operationOf(row) : null;
}

/** A place in a list ordered by (last word, operation id), newest first. */
export interface OperationPlace {
  lastAt: string;
  operationId: string;
}

export interface OperationsAsked {
  state: OperationState | "any";
  /** In progress without a word since then is one that never ended. */
  silentSince: Date;
  before: OperationPlace | null;
  limit: number;
  /** Operations that begin or end with one of these actions are left out. */
  hidden?: readonly string[];
}

/** Newest word first. */
export async function list(
  db: Executor,
  organizationId: string,
  { state, silentSince, before, limit, hidden = [] }: OperationsAsked,
): Promise<NamedOperation[]> {
  const rows = await db
    .select()
    .from(operations)
    .where(
      and(
        eq(operations.organizationId, organizationId),
        inState(state, silentSince),
        without(hidden),
        before ? drizzleSql`(${operations.lastAt}, ${operations.operationId}) < (${before.lastAt}::text::timestamptz, ${before.operationId}::text)` : undefined,
      ),
    )
    .orderBy(desc(operations.lastAt), desc(operations.operationId))
    .limit(limit);
  return rows.map((row) => ({ operationId: row.operationId, operation: operationOf(row) }));
}

/** How many are in a state; counting stops at `max`. */
export async function count(
  db: Executor,
  organizationId: string,
  { state, silentSince, max, hidden = [] }: Pick<OperationsAsked, "state" | "silentSince" | "hidden"> & { max: number },
): Promise<number> {
  const some = db
    .select({ one: drizzleSql`1`.as("one") })
    .from(operations)
    .where(and(eq(operations.organizationId, organizationId), inState(state, silentSince), without(hidden)))
    .limit(max)
    .as("some");
  const [row] = await db.select({ count: drizzleSql<string>`count(*)` }).from(some);
  return Number(row?.count ?? 0);
}

/** How long what begins with an action usually takes: the median of its successes among the newest ended operations, where there are enough. */
export async function typicalDurations(
  db: Executor,
  organizationId: string,
  { among, enough }: { among: number; enough: number },
): Promise<Map<string, number>> {
  const rows = await db.execute<{ first_action: string; typical_ms: number }>(drizzleSql`
    select first_action, (percentile_cont(0.5) within group (order by extract(epoch from last_at - started_at)) * 1000)::double precision as typical_ms
    from (
      select first_action, last_at, started_at, begun, status
      from operations
      where organization_id = ${organizationId}::uuid and state = 'ended'
      order by last_at desc
      limit ${among}
    ) newest
    where begun and status = 'success'
    group by first_action
    having count(*) >= ${enough}`);
  return new Map(rows.map((row) => [row.first_action, Math.round(row.typical_ms)]));
}

const without = (actions: readonly string[]): SQL | undefined =>
  actions.length === 0 ? undefined : and(notInArray(operations.firstAction, [...actions]), notInArray(operations.lastAction, [...actions]));

function inState(state: OperationsAsked["state"], silentSince: Date): SQL | undefined {
  switch (state) {
    case "any":
      return undefined;
    case "running":
      return and(eq(operations.state, "running"), gte(operations.lastAt, silentSince));
    case "never_ended":
      return and(eq(operations.state, "running"), lt(operations.lastAt, silentSince));
    case "waiting":
    case "ended":
      return eq(operations.state, state);
  }
}

interface OlderThan {
  organizationId: string;
  before: Date;
}

/** Those organizations that have an operation whose last word is older than theirs: one look into the index for each. */
export async function withOlder(db: Executor, limits: readonly OlderThan[]): Promise<OlderThan[]> {
  const asked = limits.map(({ organizationId, before }) => ({ organization_id: organizationId, before: before.toISOString() }));
  const rows = await db.execute<{ organization_id: string }>(drizzleSql`
    select organization_id
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as asked (organization_id uuid, before timestamptz)
    where exists (select from operations where operations.organization_id = asked.organization_id and last_at < asked.before)`);
  const found = new Set(rows.map((row) => row.organization_id));
  return limits.filter(({ organizationId }) => found.has(organizationId));
}

/**
 * Forgets some operations that nothing is left of: their last event, which is the latest of all, has gone from the log. Returns how many went; the
 * consumer's cursor must be held, so that nobody folds into them meanwhile.
 */
export async function forgetPurged(tx: Tx, organizationId: string, { before, limit }: Pick<OlderThan, "before"> & { limit: number }): Promise<number> {
  const rows = await tx.execute(drizzleSql`
    delete from operations
    using (
      select operation_id, last_at, last_event_seq
      from operations
      where organization_id = ${organizationId}::uuid and last_at < ${before.toISOString()}::timestamptz
      order by last_at, operation_id
      limit ${limit}
    ) old
    where operations.organization_id = ${organizationId}::uuid
      and operations.operation_id = old.operation_id
      and not exists (
        select from organization_events
        where organization_events.organization_id = ${organizationId}::uuid and organization_events.occurred_at = old.last_at and organization_events.seq = old.last_event_seq)
    returning 1`);
  return rows.length;
}
