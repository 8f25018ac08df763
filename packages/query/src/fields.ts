import type { AuditEvent } from "@daybook/event";
import type { EventPart, ExactField, NumberField, TextPart } from "./ast.ts";

/** The part of an event that a query can see. */
export type Searchable = Pick<
  AuditEvent,
  | "id"
  | "seq"
  | "occurred_at"
  | "log_type"
  | "action"
  | "namespace"
  | "operation"
  | "actor"
  | "on_behalf_of"
  | "resource"
  | "team"
  | "status"
  | "error"
  | "operation_id"
  | "origin"
  | "reason"
  | "description"
  | "duration_ms"
  | "rows_returned"
  | "rows_affected"
  | "context"
  | "changes"
  | "metadata"
  | "redactions"
  | "source"
  | "import_id"
  | "token_id"
>;

/** Every value that a field has in an event; `did_or_caused` has one for the actor and one for each that it acted for. */
export function fieldValues(event: Searchable, field: ExactField): (string | null | undefined)[] {
  switch (field) {
    case "id":
      return [event.id];
    case "log_type":
      return [event.log_type];
    case "action":
      return [event.action];
    case "namespace":
      return [event.namespace];
    case "operation":
      return [event.operation];
    case "status":
      return [event.status];
    case "actor.id":
      return [event.actor.id];
    case "actor.type":
      return [event.actor.type];
    case "actor.email":
      return [event.actor.email];
    case "actor.name":
      return [event.actor.name];
    case "did_or_caused":
      return [event.actor.id, ...event.on_behalf_of.map((actor) => actor.id)];
    case "resource.type":
      return [event.resource?.type];
    case "resource.id":
      return [event.resource?.id];
    case "resource.name":
      return [event.resource?.name];
    case "team.id":
      return [event.team?.id];
    case "team.name":
      return [event.team?.name];
    case "error.code":
      return [event.error?.code];
    case "origin":
      return [event.origin];
    case "source":
      return [event.source];
    case "operation_id":
      return [event.operation_id];
    case "session_id":
      return [event.context.session_id];
    case "request_id":
      return [event.context.request_id];
    case "ip":
      return [event.context.ip];
    case "import_id":
      return [event.import_id];
    case "token_id":
      return [event.token_id];
  }
}

/** The number that a field has in an event, if it has one. */
export function numberOf(event: Searchable, field: NumberField): number | null {
  switch (field) {
    case "duration_ms":
      return event.duration_ms;
    case "rows":
      return largest(event.rows_returned, event.rows_affected);
    case "rows_returned":
      return event.rows_returned;
    case "rows_affected":
      return event.rows_affected;
    case "seq":
      return event.seq;
  }
}

const largest = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.max(a, b));

export function hasPart(event: Searchable, part: EventPart): boolean {
  switch (part) {
    case "changes":
      return event.changes !== null;
    case "metadata":
      return Object.keys(event.metadata).length > 0;
    case "error":
      return event.error?.code !== undefined || event.error?.message !== undefined;
    case "ip":
      return event.context.ip !== undefined;
    case "user_agent":
      return event.context.user_agent !== undefined;
    case "resource":
      return event.resource !== null;
    case "team":
      return event.team !== null;
    case "reason":
      return event.reason !== null;
    case "on_behalf_of":
      return event.on_behalf_of.length > 0;
    case "operation_id":
      return event.operation_id !== null;
    case "session_id":
      return event.context.session_id !== undefined;
    case "request_id":
      return event.context.request_id !== undefined;
    case "duration":
      return event.duration_ms !== null;
    case "rows":
      return event.rows_returned !== null || event.rows_affected !== null;
    case "redactions":
      return event.redactions.length > 0;
  }
}

/** What free text looks at: actor, action, resource, description, IP; parted by line feeds so that no word spans two fields. */
export const searchText = (event: Searchable, except: readonly TextPart[] = []): string =>
  [
    event.actor.name,
    except.includes("actor.email") ? null : event.actor.email,
    event.actor.id,
    event.action,
    event.resource?.type,
    event.resource?.name,
    event.resource?.id,
    except.includes("description") ? null : event.description,
    except.includes("ip") ? null : event.context.ip,
  ]
    .map((part) => part ?? "")
    .join("\n");

/**
 * E-mail and IP addresses stand in other fields as well: in sentences, names and ids. Who may not search by them must not find them there either, so
 * whatever has their shape is left out, up to the next blank; rather too much than too little, because this decides only what a search can see. What is
 * left of a word is its beginning, so an index of the whole words still finds it. JavaScript and PostgreSQL read both patterns alike: no alternatives, no
 * classes beyond ASCII.
 */
export const shapes = {
  "actor.email": "[^ \\t\\n\\r]*@[^ \\t\\n\\r]*",
  ip: "[0-9a-f]*[.:][0-9a-f]*[.:][^ \\t\\n\\r]*",
} as const satisfies Partial<Record<TextPart, string>>;
export type Shape = keyof typeof shapes;

export const shapesIn = (except: readonly TextPart[]): Shape[] => (["actor.email", "ip"] as const).filter((shape) => except.includes(shape));
