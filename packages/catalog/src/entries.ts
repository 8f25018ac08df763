import type { LogType, Resource } from "@daybook/event";
import type { EventDefinition, Namespace, Operation, Scope, Severity } from "./define-events.ts";
import { namespaces } from "./namespaces/index.ts";
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
  severity: Severity;
  since: string;
  /** The sentence as it reads for a sample event. */
  sample: string;
}

/** The whole vocabulary, flat, namespace by namespace. */
export const catalogEntries = (): CatalogEntry[] => namespaces.flatMap(entriesOf);

const entriesOf = ({ id, sample, events }: Namespace): CatalogEntry[] =>
  Object.entries(events).map(([key, definition]) => entryOf(id, key, definition, sample));

const entryOf = (
  namespace: string,
  key: string,
  { title, sentence, operation, logType = "activity", scope = "team", severity = "routine", since = "0.1" }: EventDefinition,
  resource: Resource,
): CatalogEntry => ({
  key,
  namespace,
  title,
  sentence,
  operation,
  logType,
  scope,
  severity,
  since,
  sample: describeEvent({ action: key, resource, related_resources: sampleRelated, rows_affected: 1_000, metadata: sampleMetadata }),
});

/** Values for every slot that a sentence may have. */
const sampleRelated: Resource[] = [
  { type: "user", name: "Grace Kim" },
  { type: "group", name: "Data stewards" },
];
const sampleMetadata = { role: "Query", count: 12_480, verb: "tokens.create", email: "cfo@company.com", channel: "#revenue", field: "owners" };
