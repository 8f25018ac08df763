import { builtInRedactor } from "@daybook/event";
import type { PreparedEvent } from "@daybook/event";

type Value = string | null | undefined;

/** Empty collections are stored as null: most events have none, and a null costs nothing. */
const json = (value: object | null): Value => {
  for (const _ in value) return JSON.stringify(value);
  return null;
};
const number = (value: number | null): Value => (value === null ? null : String(value));

/** The value of each column of `append_events`, in the order of its parameters. */
export const eventColumns: readonly ((event: PreparedEvent) => Value)[] = [
  (event) => event.id,
  (event) => event.occurred_at,
  (event) => event.received_at,
  (event) => event.log_type,
  (event) => event.action,
  (event) => event.namespace,
  (event) => event.operation,
  (event) => event.actor.type,
  (event) => event.actor.id,
  (event) => event.actor.name,
  (event) => event.actor.email,
  (event) => json(event.on_behalf_of),
  (event) => event.resource?.type,
  (event) => event.resource?.id,
  (event) => event.resource?.name,
  (event) => json(event.related_resources),
  (event) => event.team?.id,
  (event) => event.team?.name,
  (event) => event.status,
  (event) => event.error?.code,
  (event) => event.error?.message,
  (event) => event.operation_id,
  (event) => event.origin,
  (event) => event.reason,
  (event) => event.description,
  (event) => number(event.duration_ms),
  (event) => number(event.rows_returned),
  (event) => number(event.rows_affected),
  (event) => json(event.counts),
  (event) => event.context.ip,
  (event) => event.context.user_agent,
  (event) => event.context.session_id,
  (event) => event.context.request_id,
  (event) => json(event.changes),
  (event) => json(event.metadata),
  (event) => json(event.redactions),
  (event) => event.source,
  (event) => event.token_id,
  // Only here, because the hash by which a repeat is known is of the key as it came.
  (event) => (event.idempotency_key === null ? null : builtInRedactor.text(event.idempotency_key, "idempotency_key", [])),
  (event) => (event.raw === null ? null : JSON.stringify(event.raw)),
  (event) => number(event.clock_skew_ms),
  (event) => event.import_id,
];

/**
 * One PostgreSQL array literal a column, or null for a column without any value. The server takes literals apart in half the time that it
 * needs for the same rows as JSON.
 */
export const columnArrays = (events: readonly PreparedEvent[]): (string | null)[] =>
  eventColumns.map((valueOf) => {
    let literal = "{";
    let given = false;
    for (const event of events) {
      const value = valueOf(event);
      if (literal.length > 1) literal += ",";
      if (value === null || value === undefined) {
        literal += "NULL";
      } else {
        given = true;
        literal += quoted(value);
      }
    }
    return given ? `${literal}}` : null;
  });

/**
 * In an array literal only the quote and the backslash are escaped. That is what JSON does to a text without control characters, at a quarter of the
 * time: 2.4 against 9 microseconds for a record of 1.4 kB.
 */
const quoted = (value: string): string => (controlCharacter.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : JSON.stringify(value));
const controlCharacter = /[\p{ASCII}&&\p{Cc}]/v;
