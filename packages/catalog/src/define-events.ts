import type { LogType, Resource } from "@daybook/event";
import type { Details } from "./details.ts";

/**
 * One known action. `sentence` names the objects: `{resource}` is the quoted name, `{related.user}` the quoted name of a related user,
 * `{rows_affected}` a number, `{metadata.path}` a value of metadata. `{slot|words}` says the words when the event lacks the value.
 */
export interface EventDefinition {
  title: string;
  sentence: string;
  operation: Operation;
  /** What its events may say besides. What the sentence asks of metadata and counts stands here, with an example. */
  details?: Details;
  /** The object of its sample, where the namespace's own would be the wrong one. */
  sample?: Resource & { name: string };
  /** Default: activity. */
  logType?: LogType;
  /** `organization`: never in a team's log. `owners`: that, and only owners see it. Default: team, which is the organization's log as well. */
  scope?: Scope;
  /** Default: routine. */
  severity?: Severity;
  /** The first version of Daybook that knew it. Default: 0.1. */
  since?: string;
}

export type Scope = "owners" | "organization" | "team";
export type Severity = "routine" | "notable" | "critical";

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
  /** The object of the sample sentences and events. */
  sample: Resource & { name: string };
  events: Record<string, EventDefinition>;
}

/** A namespace is a value: its id, its title, a sample, and its actions by key. */
export const defineEvents = <const N extends Namespace>(namespace: N): N => namespace;
