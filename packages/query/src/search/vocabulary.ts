import type { ActorType, Origin, Status } from "@daybook/event";

/** The words of events, written again: the package that has them brings the schema library along, and this one runs in the first bytes of the console. */
export const eventStatuses = ["success", "failed", "in_progress", "pending_approval"] as const satisfies readonly Status[];
export const actorTypes = ["user", "api_key", "service_user", "agent", "system", "anonymous"] as const satisfies readonly ActorType[];
export const origins = ["interface", "api", "automation"] as const satisfies readonly Origin[];
