import type { EventInput, Json } from "@daybook/event";
import type { ImportedEvent, Importer } from "./define-importer.ts";
import { frameRecords } from "./frame-records.ts";

/** What the tests share; nothing else imports it. */
export function mapOne(importer: Importer, record: Json): EventInput {
  const mapped = importer.toEvents(record, { index: 0 });
  const event = Array.isArray(mapped) ? mapped[0]?.event : undefined;
  if (event === undefined) throw new Error(`no event: ${JSON.stringify(mapped)}`);
  return event;
}

export function mapAll(importer: Importer, text: string): ImportedEvent[] {
  return [...frameRecords(text)].flatMap((frame, index) => {
    const mapped = "record" in frame ? importer.toEvents(frame.record, { index }) : frame.problem;
    if (!Array.isArray(mapped)) throw new Error(`line ${frame.line}: ${mapped.message}`);
    return mapped;
  });
}

/** The share of events that have a field. */
export const rateOf = (events: ImportedEvent[], field: (imported: ImportedEvent) => unknown): number =>
  events.filter((imported) => field(imported) !== undefined).length / events.length;

/** How many events have each of the parts that every log has, with how many fell into no class of verbs, and how many were cut. */
export function fillOf(events: ImportedEvent[]) {
  const counted = (field: (imported: ImportedEvent) => unknown) => events.filter((imported) => field(imported) !== undefined).length;
  return {
    time: counted(({ event }) => event.occurred_at),
    actor: counted(({ event }) => event.actor?.name),
    resource: counted(({ event }) => event.resource),
    ip: counted(({ event }) => event.context?.ip),
    agent: counted(({ event }) => event.context?.user_agent),
    failed: counted(({ event }) => (event.status === "failed" ? true : undefined)),
    changes: counted(({ event }) => event.changes),
    id: counted(({ vendorId }) => vendorId ?? undefined),
    other: counted(({ event }) => (event.operation === "other" ? true : undefined)),
    cut: counted(({ event }) => event.metadata?.["cut"]),
  };
}

/** The package sees no `TextEncoder`; percent escapes count the same bytes. */
export const utf8Bytes = (text: string): number => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, "x").length;
