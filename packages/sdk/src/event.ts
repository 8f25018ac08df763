import type { EventInput } from "@daybook/event";
import type { KnownAction } from "@daybook/catalog";

export type { Actor, ActorType, Changes, EventContext, EventInput, FieldChange, Json, LogType, Origin, Resource, Status, Team } from "@daybook/event";
export type { KnownAction } from "@daybook/catalog";

/** What `log()` takes. Known actions complete in the editor; any other string is as welcome. */
export interface DaybookEvent extends Omit<EventInput, "action"> {
  /** Noun first, past participle last, snake_case: `api_token_workspace_revoked`. */
  action: KnownAction | (string & {});
}

/** Fields that stand in every event logged within a context, unless the event itself names them. `context` and `metadata` are merged key by key. */
export type EventDefaults = Partial<Omit<EventInput, "action" | "idempotency_key" | "occurred_at">>;

/** Defaults, or how to find them: a function is asked at each `log()`, so that it sees a user who signed in after the request began. */
export type DefaultsSource = EventDefaults | (() => EventDefaults);
