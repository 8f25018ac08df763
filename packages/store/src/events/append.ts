import { createHash } from "node:crypto";
import { canonicalJson, Refusal } from "@daybook/event";
import type { PreparedEvent } from "@daybook/event";
import { sql as drizzleSql } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Tx } from "../connect.ts";
import { columnArrays, eventColumns } from "./event-columns.ts";
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
export async function appendBatch(
  { sql, platformSql }: { sql: Sql; platformSql: Sql },
  organizationId: string,
  items: readonly AppendItem[],
): Promise<AppendOutcome[]> {
  return withPartitions(platformSql, items, () =>
    appendWith(items, async (keys, columns) => {
      const [row] = await sql.unsafe<AppendResult[]>(appendStatement, [organizationId, keys, ...columns], { prepare: true });
      return row;
    }),
  );
}

/** Appends inside somebody's transaction, which commits or loses the events together with the change that they record. */
export async function appendIn(tx: Tx, organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
  return appendWith(items, async (keys, columns) => {
    const arrays = drizzleSql.join(
      columns.map((column) => drizzleSql`${column}`),
      drizzleSql`, `,
    );
    const [row] = await tx.execute<AppendResult & Record<string, unknown>>(
      drizzleSql`select first_seq, known from append_events(${organizationId}::uuid, ${keys}::text::jsonb, ${arrays})`,
    );
    return row;
  });
}

type Run = (keys: string, columns: (string | null)[]) => Promise<AppendResult | undefined>;

/** The organization is claimed in the statement itself, whose transaction ends with it: one round trip. */
const appendStatement = `select first_seq, known from append_events(set_config('daybook.organization', $1, true)::uuid, $2::text::jsonb, ${eventColumns.map((_, at) => `$${at + 3}`).join(", ")})`;

async function appendWith(items: readonly AppendItem[], run: Run): Promise<AppendOutcome[]> {
  const batch = withoutRepeats(items);
  if (batch.distinct.length === 0) return [];
  const row = await run(keysJson(batch.distinct), columnArrays(batch.distinct.map(({ event }) => event)));
  if (!row) throw new Error("append_events returns one row");
  const known = typeof row.known === "string" ? (JSON.parse(row.known) as Exclude<AppendResult["known"], string>) : row.known;
  const outcomes = numberOutcomes(batch.distinct, Number(row.first_seq), known);
  return batch.positions.map((position) => {
    const outcome = outcomes[position.at];
    if (!outcome) throw new Error("every item of a batch has an outcome");
    if (!position.repeat) return outcome;
    return { status: position.same ? "duplicate" : "conflict", id: outcome.id };
  });
}

/**
 * A producer's keys are its own: whoever may write must not be able to take the key of an event that Daybook, or an import, is about to write, because
 * that event would then be missing. No key that comes from outside holds the character between.
 */
const keyHash = ({ source, idempotency_key: key }: PreparedEvent): string => hash128(source === "api" ? `${key}` : `${source}\u0000${key}`);

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
    const entry = knownByOrdinal.get(ordinal + 1);
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
    await ensurePartitions(
      sql,
      items.map(({ event }) => event.occurred_at),
    );
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
      return [{ ordinal: ordinal + 1, key_hash: keyHash(event), payload_hash: hash, event_id: event.id, occurred_at: event.occurred_at }];
    }),
  );
