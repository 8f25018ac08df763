import type { EventDefinition, Scope } from "./define-events.ts";
import { namespaces } from "./namespaces/index.ts";

/** Keys of the known actions that are in the logs of this scope alone. */
export const actionsOfScope = (wanted: Scope): string[] =>
  namespaces.flatMap(({ events }) => Object.entries<EventDefinition>(events).flatMap(([key, { scope = "team" }]) => (scope === wanted ? [key] : [])));
