import type { EventInput, LogType, Resource } from "@daybook/event";
import type { EventDefinition, Namespace, Operation, Scope, Severity } from "./define-events.ts";
import { detailsOf } from "./details-of.ts";
import type { NamedDetail } from "./details-of.ts";
import { namespaces } from "./namespaces/index.ts";
import { presets } from "./presets.ts";
import type { Preset } from "./presets.ts";
import { sampleEvent } from "./sample-event.ts";
import { describeEvent } from "./sentence.ts";

/** A known action with nothing left to default. */
export interface CatalogEntry {
  key: string;
  namespace: string;
  title: string;
  sentence: string;
  operation: Operation;
  logType: LogType;
  scope: Scope;
  availability: Availability[];
  severity: Severity;
  since: string;
  /** What an event of it may say beside its actor and resource. */
  details: NamedDetail[];
  /** The sentence as it reads for the sample event. */
  sample: string;
  sampleEvent: EventInput;
}

/** Where one preset shows the action: in which of its groups, and in whose logs. */
export interface Availability {
  preset: string;
  groups: string[];
  organization: boolean;
  team: boolean;
}

/** The whole vocabulary, flat, namespace by namespace. */
export const catalogEntries = (): CatalogEntry[] => namespaces.flatMap(entriesOf);

export const entriesOf = ({ id, sample, events }: Namespace): CatalogEntry[] =>
  Object.entries(events).map(([key, definition]) => entryOf(id, key, definition, sample));

function entryOf(namespace: string, key: string, definition: EventDefinition, sampleOfNamespace: Resource): CatalogEntry {
  const {
    sample: resource = sampleOfNamespace,
    title,
    sentence,
    operation,
    logType = "activity",
    scope = "team",
    severity = "routine",
    since = "0.1",
  } = definition;
  const details = detailsOf(definition);
  const event = sampleEvent({ key, operation, logType, resource, details });
  return {
    key,
    namespace,
    title,
    sentence,
    operation,
    logType,
    scope,
    availability: availabilityOf(key, scope),
    severity,
    since,
    details,
    sample: describeEvent(
      { action: key, resource, related_resources: event.related_resources ?? [], rows_affected: event.rows_affected ?? null, metadata: event.metadata ?? {} },
      sentence,
    ),
    sampleEvent: event,
  };
}

/** A group that tells organization and team apart says it; elsewhere the action's own scope does. */
const availabilityOf = (key: string, scope: Scope): Availability[] =>
  (presets as readonly Preset[]).flatMap(({ id, groups }) => {
    const of = groups.filter(({ actions }) => (actions as readonly string[]).includes(key));
    if (of.length === 0) return [];
    const everyLog: readonly Scope[] = scope === "team" ? ["organization", "team"] : ["organization"];
    const scopes = new Set(of.flatMap(({ availability = everyLog }) => availability));
    return [{ preset: id, groups: of.map(({ title }) => title), organization: scopes.has("organization"), team: scopes.has("team") }];
  });
