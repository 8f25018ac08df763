import type { Actor, AuditEvent, Changes, EventContext, EventRow, Json, Resource } from "@daybook/event";

/** Columns of a list row, in the form that `rowOf` reads; payloads stay in the table. */
export const listColumns = `seq, id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, actor_id, actor_name, actor_email,
  resource_type, resource_id, resource_name, team_id, team_name, status, error_code, error_message, operation_id, description, duration_ms,
  rows_returned, rows_affected, source, ip, jsonb_path_query_array(changes, '$.fields[*].path') as changed_fields`;

export const detailColumns = `${listColumns}, on_behalf_of, related_resources, origin, reason, counts, user_agent, session_id,
  request_id, changes, metadata, redactions, clock_skew_ms, import_id, token_id, idempotency_key`;

export interface ListRecord {
  seq: string;
  id: string;
  occurred_at: Date;
  received_at: Date;
  log_type: AuditEvent["log_type"];
  action: string;
  namespace: string;
  operation: string;
  actor_type: Actor["type"];
  actor_id: string | null;
  actor_name: string | null;
  actor_email: string | null;
  resource_type: string | null;
  resource_id: string | null;
  resource_name: string | null;
  team_id: string | null;
  team_name: string | null;
  status: AuditEvent["status"];
  error_code: string | null;
  error_message: string | null;
  operation_id: string | null;
  description: string;
  duration_ms: number | null;
  rows_returned: string | null;
  rows_affected: string | null;
  source: string;
  ip: string | null;
  changed_fields: string[] | null;
}

export interface DetailRecord extends ListRecord {
  on_behalf_of: Actor[] | null;
  related_resources: Resource[] | null;
  origin: AuditEvent["origin"];
  reason: string | null;
  counts: { [name: string]: number } | null;
  user_agent: string | null;
  session_id: string | null;
  request_id: string | null;
  changes: Changes | null;
  metadata: { [key: string]: Json } | null;
  redactions: AuditEvent["redactions"] | null;
  clock_skew_ms: number | null;
  import_id: string | null;
  token_id: string | null;
  idempotency_key: string | null;
}

export const rowOf = (record: ListRecord): EventRow => ({
  id: record.id,
  seq: Number(record.seq),
  occurred_at: record.occurred_at.toISOString(),
  received_at: record.received_at.toISOString(),
  log_type: record.log_type,
  action: record.action,
  namespace: record.namespace,
  operation: record.operation,
  actor: present({ type: record.actor_type, id: record.actor_id, name: record.actor_name, email: record.actor_email }) as unknown as Actor,
  resource:
    record.resource_type === null ? null : (present({ type: record.resource_type, id: record.resource_id, name: record.resource_name }) as unknown as Resource),
  team: record.team_id === null ? null : { id: record.team_id, ...(record.team_name !== null && { name: record.team_name }) },
  status: record.status,
  error: record.error_code === null && record.error_message === null ? null : present({ code: record.error_code, message: record.error_message }),
  operation_id: record.operation_id,
  description: record.description,
  duration_ms: record.duration_ms,
  rows_returned: numberOrNull(record.rows_returned),
  rows_affected: numberOrNull(record.rows_affected),
  source: record.source,
  ip: record.ip,
  changed_fields: record.changed_fields ?? [],
});

export function eventOf(record: DetailRecord): AuditEvent {
  const { ip, changed_fields: _changedFields, ...row } = rowOf(record);
  return {
    ...row,
    on_behalf_of: record.on_behalf_of ?? [],
    related_resources: record.related_resources ?? [],
    origin: record.origin,
    reason: record.reason,
    counts: record.counts ?? {},
    context: present({ ip, user_agent: record.user_agent, session_id: record.session_id, request_id: record.request_id }) as EventContext,
    changes: record.changes,
    metadata: record.metadata ?? {},
    redactions: record.redactions ?? [],
    clock_skew_ms: record.clock_skew_ms,
    import_id: record.import_id,
    token_id: record.token_id,
    idempotency_key: record.idempotency_key,
  };
}

const numberOrNull = (value: string | null): number | null => (value === null ? null : Number(value));

/** The members that have a value: an absent field of an event is absent, not null. */
const present = (members: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, string] => entry[1] !== null));
