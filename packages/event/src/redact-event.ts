import type { Json } from "./audit-event.ts";
import type { PreparedEvent } from "./normalise.ts";
import { builtInRedactor } from "./redaction/index.ts";
import type { Redactor } from "./redaction/index.ts";

/** The event without the sentence, which is rendered from what is redacted already. */
type Words = Omit<PreparedEvent, "description">;

/**
 * The choke point: every text of an event passes here before it is stored. It writes into the event that it is given and lists the holes in it;
 * a copy would cost a tenth of the whole way of an event. The test of a rule on stored events is this same function.
 */
export function redactEvent(event: Words, redactor: Redactor): void {
  const { redactions } = event;
  // Words that decide what the event is: the built-in rules hold there, an organization's do not.
  const word = (value: string, path: string) => builtInRedactor.text(value, path, redactions);
  const texts = <Named extends object>(record: Named, path: string) => redactor.texts(record, path, redactions);
  const list = <Named extends object>(records: Named[], path: string) =>
    records.length === 0 ? records : records.map((record, at) => texts(record, `${path}.${at}`));
  event.action = word(event.action, "action");
  event.namespace = word(event.namespace, "namespace");
  event.operation = word(event.operation, "operation");
  event.actor = texts(event.actor, "actor");
  event.on_behalf_of = list(event.on_behalf_of, "on_behalf_of");
  if (event.resource !== null) event.resource = texts(event.resource, "resource");
  event.related_resources = list(event.related_resources, "related_resources");
  if (event.team !== null) event.team = texts(event.team, "team");
  if (event.error !== null) event.error = texts(event.error, "error");
  if (event.operation_id !== null) event.operation_id = word(event.operation_id, "operation_id");
  if (event.reason !== null) event.reason = redactor.text(event.reason, "reason", redactions);
  event.counts = countsOf(event.counts, word);
  event.context = texts(event.context, "context");
  if (event.changes !== null) event.changes = redactor.changes(event.changes, redactions);
  event.metadata = redactor.json(event.metadata, "metadata", redactions) as { [key: string]: Json };
  if (event.raw !== null) event.raw = redactor.json(event.raw, "raw", redactions);
}

function countsOf(counts: Words["counts"], word: (value: string, path: string) => string): Words["counts"] {
  for (const _ in counts) return Object.fromEntries(Object.entries(counts).map(([name, count]) => [word(name, "counts"), count]));
  return counts;
}
