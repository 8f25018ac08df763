import type { LogType } from "@daybook/event";

/** One known action. `sentence` names the objects: `{resource}` is the quoted name, `{type}` its type, `{field.path}` a value of metadata. */
export interface EventDefinition {
  title: string;
  sentence: string;
  operation: Operation;
  logType?: LogType;
  severity?: "routine" | "notable" | "critical";
}

/** The verb classes of the glossary. `other` is for actions whose last word is no past participle that we know. */
export const operations = [
  "created",
  "updated",
  "deleted",
  "viewed",
  "executed",
  "cancelled",
  "shared",
  "revoked",
  "promoted",
  "granted",
  "exported",
  "imported",
  "authenticated",
  "started",
  "completed",
  "failed",
  "other",
] as const;
export type Operation = (typeof operations)[number];

export interface Namespace {
  id: string;
  title: string;
  events: Record<string, EventDefinition>;
}

/** A namespace is a value: its id, its title, and its actions by key. */
export const defineEvents = <const N extends Namespace>(namespace: N): N => namespace;
