import { createHash } from "node:crypto";
import { canonicalJson, Refusal } from "@daybook/event";
import type { PreparedEvent } from "@daybook/event";
import { sql as drizzleSql } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Tx } from "../connect.ts";
import { ensurePartitions } from "./partitions.ts";

/** An event and the hash of what its producer sent, so that a repeat can be told from a conflict. */
export interface AppendItem {
  event: PreparedEvent;
  /** Needed with an idempotency key: see `payloadHash`. */
  payloadHash?: string;
}

export type AppendOutcome =
  | { status: "created"; id: string; seq: number }
  /** The same key with the same payload: the id that it had the first time. */
  | { status: "duplicate"; id: string }
  /** The same key with another payload. Nothing was stored. */
  | { status: "conflict"; id: string };

/** First 16 bytes of the SHA-256, as a uuid: that a key or a payload collides by accident needs 2^64 of them. */
export function hash128(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** The hash of what a producer sent, blind to the order of keys. */
export const payloadHash = (input: unknown): string => hash128(canonicalJson(JSON.parse(JSON.stringify(input)) as never));

interface AppendResult {
  first_seq: string | number;
  known: { ordinal: number; event_id: string; same: boolean }[] | string;
}

/** Appends a batch in one statement with its own commit: when it returns, the events are durable. */
export async function appendBatch(sql: Sql, organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
  return withPartitions(sql, items, () => appendWith(organizationId, items, async (events, keys) => {
    const [row] = await sql<AppendResult[]>`
      select first_seq, known from append_events(${organizationId}, ${events}::text::jsonb, ${keys}::text::jsonb)`;
    return row;
  }));
}

/** Appends inside somebody's transaction, which commits or loses the events together with the change that they record. */
export async function appendIn(tx: Tx, organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
  return appendWith(organizationId, items, async (events, keys) => {
    const [row] = await tx.execute<AppendResult & Record<string, unknown>>(
      drizzleSql`select first_seq, known from append_events(${organizationId}::uuid, ${events}::text::jsonb, ${keys}::text::jsonb)`,
    );
    return row;
  });
}

type Run = (events: string, keys: string) => Promise<AppendResult | undefined>;

async function appendWith(organizationId: string, items: readonly AppendItem[], run: Run): Promise<AppendOutcome[]> {
  const batch = withoutRepeats(items);
  if (batch.distinct.length === 0) return [];
  const row = await run(rowsJson(batch.distinct), keysJson(batch.distinct));
  if (!row) throw new Error(`append for ${organizationId} returned no row`);
  const known = typeof row.known === "string" ? (JSON.parse(row.known) as Exclude<AppendResult["known"], string>) : row.known;
  const outcomes = numberOutcomes(batch.distinct, Number(row.first_seq), known);
  return batch.positions.map((position) => {
    const outcome = outcomes[position.at];
    if (!outcome) throw new Error("every item of a batch has an outcome");
    if (!position.repeat) return outcome;
    return { status: position.same ? "duplicate" : "conflict", id: outcome.id };
  });
}

/** A key that stands twice in one batch is decided here: the statement sees each key once. */
function withoutRepeats(items: readonly AppendItem[]) {
  const distinct: AppendItem[] = [];
  const firstOf = new Map<string, number>();
  const positions = items.map((item) => {
    const key = item.event.idempotency_key;
    const first = key === null ? undefined : firstOf.get(key);
    if (first !== undefined) return { at: first, repeat: true, same: distinct[first]?.payloadHash === item.payloadHash };
    if (key !== null) firstOf.set(key, distinct.length);
    distinct.push(item);
    return { at: distinct.length - 1, repeat: false, same: true };
  });
  return { distinct, positions };
}

function numberOutcomes(items: readonly AppendItem[], firstSeq: number, known: Exclude<AppendResult["known"], string>): AppendOutcome[] {
  const knownByOrdinal = new Map(known.map((entry) => [entry.ordinal, entry]));
  let seq = firstSeq;
  return items.map(({ event }, ordinal) => {
    const entry = knownByOrdinal.get(ordinal);
    if (entry) return { status: entry.same ? "duplicate" : "conflict", id: entry.event_id };
    return { status: "created", id: event.id, seq: seq++ };
  });
}

/** A month that nobody prepared is prepared now, and the statement runs once more. */
async function withPartitions<T>(sql: Sql, items: readonly AppendItem[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isMissingPartition(error)) throw error;
    await ensurePartitions(sql, items.map(({ event }) => event.occurred_at));
    return run();
  }
}

const isMissingPartition = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return code === "23514" && /no partition of relation/.test(message ?? "");
};

const keysJson = (items: readonly AppendItem[]): string =>
  JSON.stringify(
    items.flatMap(({ event, payloadHash: hash }, ordinal) => {
      if (event.idempotency_key === null) return [];
      if (hash === undefined) throw new Refusal("invalid", "An event with an idempotency key needs the hash of its payload.");
      return [{ ordinal, key_hash: hash128(event.idempotency_key), payload_hash: hash, event_id: event.id, occurred_at: event.occurred_at }];
    }),
  );

const rowsJson = (items: readonly AppendItem[]): string => JSON.stringify(items.map(({ event }, ordinal) => rowOf(event, ordinal)));

/** Empty collections are stored as null: most events have none, and a null costs nothing. */
const orNull = <T extends object>(value: T): T | undefined => (Object.keys(value).length > 0 ? value : undefined);

const rowOf = (event: PreparedEvent, ordinal: number) => ({
  ordinal,
  id: event.id,
  occurred_at: event.occurred_at,
  received_at: event.received_at,
  log_type: event.log_type,
  action: event.action,
  namespace: event.namespace,
  operation: event.operation,
  actor_type: event.actor.type,
  actor_id: event.actor.id,
  actor_name: event.actor.name,
  actor_email: event.actor.email,
  on_behalf_of: orNull(event.on_behalf_of),
  resource_type: event.resource?.type,
  resource_id: event.resource?.id,
  resource_name: event.resource?.name,
  related_resources: orNull(event.related_resources),
  team_id: event.team?.id,
  team_name: event.team?.name,
  status: event.status,
  error_code: event.error?.code,
  error_message: event.error?.message,
  operation_id: event.operation_id ?? undefined,
  origin: event.origin ?? undefined,
  reason: event.reason ?? undefined,
  description: event.description,
  duration_ms: event.duration_ms ?? undefined,
  rows_returned: event.rows_returned ?? undefined,
  rows_affected: event.rows_affected ?? undefined,
  counts: orNull(event.counts),
  ip: event.context.ip,
  user_agent: event.context.user_agent,
  session_id: event.context.session_id,
  request_id: event.context.request_id,
  changes: event.changes ?? undefined,
  metadata: orNull(event.metadata),
  redactions: orNull(event.redactions),
  source: event.source,
  token_id: event.token_id ?? undefined,
  idempotency_key: event.idempotency_key ?? undefined,
  raw: event.raw ?? undefined,
});
