import type { Actor, AuditEvent, EventInput, Json, Origin, Redaction } from "./audit-event.ts";
import { completeChanges } from "./change.ts";
import { clockAheadMaxMs } from "./limits.ts";
import { redactChanges, redactJson, redactText } from "./redact.ts";
import type { Problem } from "./strict-json.ts";

/** An event ready for the append: everything but its place in the sequence and its tenant. */
export type PreparedEvent = Omit<AuditEvent, "seq"> & { raw: Json | null };

/** What the door adds to the producer's words. */
export interface Arrival {
  id: string;
  receivedAt: Date;
  source: string;
  tokenId: string | null;
  origin: Origin | null;
  /** Who acted when the producer does not say: the token itself. */
  actor: Actor;
  /** The original record of an import, kept as it came. */
  raw?: Json;
}

/** What the catalog knows; it is an argument because this package must not know the vocabulary. */
export interface Vocabulary {
  classify(action: string): { namespace: string; operation: string; logType: AuditEvent["log_type"] };
  describe(event: Omit<PreparedEvent, "description">): string;
}

/** Fills in, redacts and describes. The only refusals left here are about time. */
export function prepareEvent(input: EventInput, arrival: Arrival, vocabulary: Vocabulary): { event: PreparedEvent } | { problem: Problem } {
  const occurred = readOccurredAt(input.occurred_at, arrival.receivedAt);
  if ("problem" in occurred) return occurred;
  const known = vocabulary.classify(input.action);
  const redactions: Redaction[] = [];
  const clean = (value: string | undefined, path: string) => (value === undefined ? null : redactText(value, path, redactions));
  const prepared: Omit<PreparedEvent, "description"> = {
    id: arrival.id,
    occurred_at: occurred.at.toISOString(),
    received_at: arrival.receivedAt.toISOString(),
    log_type: input.log_type ?? known.logType,
    action: input.action,
    namespace: input.namespace ?? known.namespace,
    operation: input.operation ?? known.operation,
    actor: input.actor ?? arrival.actor,
    on_behalf_of: input.on_behalf_of ?? [],
    resource: input.resource ?? null,
    related_resources: input.related_resources ?? [],
    team: input.team ?? null,
    status: input.status ?? (input.error ? "failed" : "success"),
    error: input.error ? redactError(input.error, redactions) : null,
    operation_id: input.operation_id ?? null,
    origin: input.origin ?? arrival.origin,
    reason: clean(input.reason, "reason"),
    duration_ms: input.duration_ms ?? null,
    rows_returned: input.rows_returned ?? null,
    rows_affected: input.rows_affected ?? null,
    counts: input.counts ?? {},
    context: input.context ?? {},
    changes: input.changes ? redactChanges(completeChanges(input.changes), redactions) : null,
    metadata: input.metadata ? (redactJson(input.metadata, "metadata", redactions) as { [key: string]: Json }) : {},
    redactions,
    source: arrival.source,
    token_id: arrival.tokenId,
    idempotency_key: input.idempotency_key ?? null,
    raw: arrival.raw ?? null,
  };
  const description = clean(input.description, "description") ?? vocabulary.describe(prepared);
  return { event: { ...prepared, description } };
}

function readOccurredAt(text: string | undefined, receivedAt: Date): { at: Date } | { problem: Problem } {
  if (text === undefined) return { at: receivedAt };
  const at = new Date(text);
  const year = at.getUTCFullYear();
  if (Number.isNaN(at.getTime()) || year < 1970 || year > 9999)
    return { problem: { code: "time_out_of_range", message: "`occurred_at` is not an instant between the years 1970 and 9999.", path: "occurred_at" } };
  const aheadMs = at.getTime() - receivedAt.getTime();
  if (aheadMs > clockAheadMaxMs)
    return {
      problem: {
        code: "time_in_future",
        message: `\`occurred_at\` is ${Math.round(aheadMs / 60_000)} minutes ahead of the server's clock; up to 5 are allowed.`,
        path: "occurred_at",
      },
    };
  return { at };
}

const redactError = (error: { code?: string; message?: string }, redactions: Redaction[]) => ({
  ...error,
  ...(error.message !== undefined && { message: redactText(error.message, "error.message", redactions) }),
});
