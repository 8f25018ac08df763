import type { AuditEvent } from "@daybook/event";
import type { ExactField, TextPart } from "./ast.ts";

/** The part of an event that a query can see. */
export type Searchable = Pick<
  AuditEvent,
  | "id"
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
  | "operation_id"
  | "origin"
  | "description"
  | "context"
  | "source"
  | "import_id"
>;

/** Every value that a field has in an event; `did_or_caused` has one for the actor and one for each that it acted for. */
export function valuesOf(event: Searchable, field: ExactField): (string | null | undefined)[] {
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
 * whatever has their shape is left out; rather too much than too little, because this decides only what a search can see. JavaScript and PostgreSQL
 * read both patterns alike: no alternatives, no classes beyond ASCII.
 */
export const shapes = {
  "actor.email": "[^ \\t\\n\\r]*@[^ \\t\\n\\r]*",
  ip: "[0-9a-f]*[.:][0-9a-f]*[.:][0-9a-f.:]*",
} as const satisfies Partial<Record<TextPart, string>>;
export type Shape = keyof typeof shapes;

export const shapesIn = (except: readonly TextPart[]): Shape[] => (["actor.email", "ip"] as const).filter((shape) => except.includes(shape));
