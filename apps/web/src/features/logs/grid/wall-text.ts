import { zoneOffsetMs } from "@daybook/event";

/** Clocks change on a quarter of an hour, so within one their distance from UTC is one number. */
const quarterMs = 900_000;
/** Of a screen that spans a month of quarters. */
const quartersMax = 3_000;
const offsets = new Map<number, number>();
let offsetsZone = "";

/** The day and the clock of an instant, as rows show it. Each row that comes asks for it, and `Intl` would take 15 µs of its 90. */
export function wallText(at: string, zone: string): string {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return at;
  if (zone !== offsetsZone || offsets.size >= quartersMax) offsets.clear();
  offsetsZone = zone;
  const quarter = Math.floor(instant / quarterMs);
  const offset = offsets.get(quarter) ?? zoneOffsetMs(quarter * quarterMs, zone);
  offsets.set(quarter, offset);
  return new Date(instant + offset).toISOString().slice(0, 19).replace("T", " ");
}
