/** One audit event, as producers send it (`EventInput`) and as Daybook keeps it (`AuditEvent`).
 * The JSON names are the wire names of REST, exports and streams, so one shape serves all of them. */

/** `activity`: what people and their keys did. `system`: what the platform did by itself (synchronisations, deliveries, purges). */
export const logTypes = ["activity", "system"] as const;
export type LogType = (typeof logTypes)[number];

/** `anonymous` is an external party, such as a partner who accepts an invitation. */
export const actorTypes = ["user", "api_key", "service_user", "agent", "system", "anonymous"] as const;
export type ActorType = (typeof actorTypes)[number];

export const statuses = ["success", "failed", "in_progress", "pending_approval"] as const;
export type Status = (typeof statuses)[number];

/** Where the act was done: in the product's interface, through its API, or by its own automation. */
export const origins = ["interface", "api", "automation"] as const;
export type Origin = (typeof origins)[number];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Name and e-mail are copies: a user deleted later keeps the name that the event was written with. */
export interface Actor {
  type: ActorType;
  id?: string;
  name?: string;
  email?: string;
}

export interface Resource {
  type: string;
  id?: string;
  name?: string;
}

export interface Team {
  id: string;
  name?: string;
}

/** One changed field. `path` is dotted; an absent `before` means added, an absent `after` removed. */
export interface FieldChange {
  path: string;
  before?: Json;
  after?: Json;
}

export interface Changes {
  before?: Json;
  after?: Json;
  fields: FieldChange[];
}

/** A hole that redaction left, and the rule that made it. */
export interface Redaction {
  path: string;
  rule: string;
}

export interface EventContext {
  ip?: string;
  user_agent?: string;
  session_id?: string;
  request_id?: string;
}

/** What a producer states. Absent fields stay absent; the append adds the rest. */
export interface EventInput {
  /** Noun first, past participle last, snake_case: `api_token_workspace_revoked`. */
  action: string;
  log_type?: LogType;
  /** ISO 8601 with offset, ms kept. Absent: the time of receipt. */
  occurred_at?: string;
  actor?: Actor;
  /** For whom the actor acted, nearest first: an agent's user, an impersonating admin's subject. */
  on_behalf_of?: Actor[];
  resource?: Resource;
  related_resources?: Resource[];
  team?: Team;
  status?: Status;
  error?: { code?: string; message?: string };
  /** Begin and end events of one operation share it. */
  operation_id?: string;
  /** Overrides what the catalog knows of the action. */
  namespace?: string;
  operation?: string;
  origin?: Origin;
  /** Why it was done, in the actor's words. */
  reason?: string;
  /** A sentence that names the objects. Absent: rendered from the catalog. */
  description?: string;
  duration_ms?: number;
  rows_returned?: number;
  rows_affected?: number;
  /** Further counts, such as `{"cells": 5}`. */
  counts?: { [name: string]: number };
  context?: EventContext;
  /** Either whole states, from which the changed fields are computed, or the fields themselves. */
  changes?: { before?: Json; after?: Json; fields?: FieldChange[] };
  metadata?: { [key: string]: Json };
  /** The same key never makes a second event in one organization. */
  idempotency_key?: string;
}

/** An event as it stands in the log. */
export interface AuditEvent {
  id: string;
  /** Gapless, commit-ordered, per organization, from 1. */
  seq: number;
  occurred_at: string;
  received_at: string;
  log_type: LogType;
  action: string;
  namespace: string;
  operation: string;
  actor: Actor;
  on_behalf_of: Actor[];
  resource: Resource | null;
  related_resources: Resource[];
  team: Team | null;
  status: Status;
  error: { code?: string; message?: string } | null;
  operation_id: string | null;
  origin: Origin | null;
  reason: string | null;
  description: string;
  duration_ms: number | null;
  rows_returned: number | null;
  rows_affected: number | null;
  counts: { [name: string]: number };
  context: EventContext;
  changes: Changes | null;
  metadata: { [key: string]: Json };
  redactions: Redaction[];
  /** The door it came through: `api`, `app:<name>` of a bound token, `import:github`, `daybook`. */
  source: string;
  /** How far the producer's clock was ahead of ours when it sent the event, in ms; negative: behind. Null: not known. */
  clock_skew_ms: number | null;
  /** The import that brought it, if one did. */
  import_id: string | null;
  /** The workspace token that wrote it, if one did. */
  token_id: string | null;
  idempotency_key: string | null;
}

/** What a list shows. Payloads (changes, metadata, raw) are fetched when a row is opened. */
export type EventRow = Pick<
  AuditEvent,
  | "id"
  | "seq"
  | "occurred_at"
  | "received_at"
  | "log_type"
  | "action"
  | "namespace"
  | "operation"
  | "actor"
  | "resource"
  | "team"
  | "status"
  | "error"
  | "operation_id"
  | "description"
  | "duration_ms"
  | "rows_returned"
  | "rows_affected"
  | "source"
> & { ip: string | null; changed_fields: string[] };
