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

/** The package sees no `TextEncoder`; percent escapes count the same bytes. */
export const utf8Bytes = (text: string): number => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, "x").length;
