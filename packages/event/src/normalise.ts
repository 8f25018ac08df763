import type { Actor, AuditEvent, EventInput, Json, Origin } from "./audit-event.ts";
import { completeChanges } from "./change.ts";
import { clockAheadMaxMs, clockSkewMaxMs } from "./limits.ts";
import { redactEvent } from "./redact-event.ts";
import type { Redactor } from "./redaction/index.ts";
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
  /** For whom, when the producer does not say. */
  onBehalfOf?: Actor[];
  /** When the producer sent it, by its own clock. */
  sentAt?: Date | undefined;
  /** The original record of an import. */
  raw?: Json;
  importId?: string;
}

/** What the catalog knows; it is an argument because this package must not know the vocabulary. */
export interface Vocabulary {
  classify(action: string): { namespace: string; operation: string; logType: AuditEvent["log_type"] };
  describe(event: Omit<PreparedEvent, "description">): string;
}

/** Fills in, redacts and describes. The only refusals left here are about time. Nothing reaches storage by another way. */
export function prepareEvent(input: EventInput, arrival: Arrival, vocabulary: Vocabulary, redactor: Redactor): { event: PreparedEvent } | { problem: Problem } {
  const occurred = readOccurredAt(input.occurred_at, arrival.receivedAt);
  if ("problem" in occurred) return occurred;
  const known = vocabulary.classify(input.action);
  const event: Omit<PreparedEvent, "description"> = {
    id: arrival.id,
    occurred_at: occurred.at.toISOString(),
    received_at: arrival.receivedAt.toISOString(),
    log_type: input.log_type ?? known.logType,
    action: input.action,
    namespace: input.namespace ?? known.namespace,
    operation: input.operation ?? known.operation,
    actor: input.actor ?? arrival.actor,
    on_behalf_of: input.on_behalf_of ?? arrival.onBehalfOf ?? [],
    resource: input.resource ?? null,
    related_resources: input.related_resources ?? [],
    team: input.team ?? null,
    status: input.status ?? (input.error ? "failed" : "success"),
    error: input.error ?? null,
    operation_id: input.operation_id ?? null,
    origin: input.origin ?? arrival.origin,
    reason: input.reason ?? null,
    duration_ms: input.duration_ms ?? null,
    rows_returned: input.rows_returned ?? null,
    rows_affected: input.rows_affected ?? null,
    counts: input.counts ?? {},
    context: input.context ?? {},
    changes: input.changes ? completeChanges(input.changes) : null,
    metadata: input.metadata ?? {},
    redactions: [],
    source: arrival.source,
    clock_skew_ms: clockSkewMs(occurred.at, arrival),
    import_id: arrival.importId ?? null,
    token_id: arrival.tokenId,
    idempotency_key: input.idempotency_key ?? null,
    raw: arrival.raw ?? null,
  };
  redactEvent(event, redactor);
  const description = input.description === undefined ? vocabulary.describe(event) : redactor.text(input.description, "description", event.redactions);
  return { event: { ...event, description } };
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

/** Known when the producer says when it sent the event, or when the event is from our future. */
function clockSkewMs(occurredAt: Date, { sentAt, receivedAt }: Arrival): number | null {
  const at = sentAt ?? (occurredAt > receivedAt ? occurredAt : null);
  return at === null ? null : Math.max(-clockSkewMaxMs, Math.min(clockSkewMaxMs, at.getTime() - receivedAt.getTime()));
}
