import type { Json } from "@daybook/event";
import type { Importer } from "./define-importer.ts";

const recordsMax = 100;
/** Fewer readable records than this are a coincidence. */
const shareMin = 0.5;

export interface Recognised {
  importer: Importer;
  /** Of the records looked at, those that it reads. */
  share: number;
}

/**
 * Which importer reads these records best: the one that reads most of them, and of two that read as many the one that makes more of them. Null when
 * none reads half.
 */
export function recogniseImporter(records: readonly Json[], importers: readonly Importer[]): Recognised | null {
  const looked = records.slice(0, recordsMax);
  if (looked.length === 0) return null;
  const [best] = importers
    .map((importer) => ({ importer, ...readingOf(importer, looked) }))
    .filter(({ share }) => share >= shareMin)
    .toSorted((a, b) => b.share - a.share || b.told - a.told);
  return best ? { importer: best.importer, share: best.share } : null;
}

function readingOf(importer: Importer, records: readonly Json[]): { share: number; told: number } {
  let read = 0;
  let told = 0;
  for (const [index, record] of records.entries()) {
    const events = importer.toEvents(record, { index });
    if (!Array.isArray(events) || events.length === 0) continue;
    read += 1;
    const [{ event, vendorId } = { event: { action: "" }, vendorId: null }] = events;
    told += [event.actor?.id ?? event.actor?.name, event.occurred_at, event.context?.ip, event.resource, vendorId].filter(
      (part) => part !== undefined && part !== null,
    ).length;
  }
  return { share: read / records.length, told: told / records.length };
}
