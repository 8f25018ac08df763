import { wallTime, zoneOffsetMs } from "@daybook/event";
import { instantOf, startOfDay } from "../../../ui/zone-time.ts";

/** Stretches of time as the clocks and the calendar of a zone have them: what the server makes bars of. */
export interface BucketGrid {
  /** `day`, `week`, `month`, `quarter` and `year` go by the calendar, everything shorter by its seconds. */
  unit: string;
  bucketSeconds: number;
  zone: string;
}

const dayMs = 86_400_000;
/** The mean length of the Gregorian calendar's months. */
const monthSeconds = 2_629_746;

const monthsOf = ({ unit, bucketSeconds }: BucketGrid): number | null =>
  /^(month|quarter|year)$/.test(unit) ? Math.round(bucketSeconds / monthSeconds) : null;

/** The start of the stretch that an instant lies in. */
export function truncateTo(instant: number, grid: BucketGrid): number {
  const { unit, bucketSeconds, zone } = grid;
  const months = monthsOf(grid);
  const { year, month, day } = wallTime(instant, zone);
  if (months !== null) return firstOfMonth(0, Math.floor((year * 12 + month - 1) / months) * months, zone);
  if (unit === "day") return startOfDay(instant, zone);
  // Weeks begin on Monday, as ISO 8601 and the database have it.
  if (unit === "week") return startOfDay(instant, zone, -((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7));
  const size = bucketSeconds * 1000;
  const offset = zoneOffsetMs(instant, zone);
  return Math.floor((instant + offset) / size) * size - offset;
}

/** The start of the next stretch, or of the one before. */
export function stepBucket(start: number, direction: 1 | -1, grid: BucketGrid): number {
  const { unit, bucketSeconds, zone } = grid;
  const months = monthsOf(grid);
  if (months !== null) {
    const { year, month } = wallTime(start, zone);
    return firstOfMonth(year, month - 1 + direction * months, zone);
  }
  if (unit === "day" || unit === "week") return startOfDay(start, zone, direction * (unit === "week" ? 7 : 1));
  return start + direction * bucketSeconds * 1000;
}

function firstOfMonth(year: number, month: number, zone: string): number {
  const first = new Date(Date.UTC(2000, month + (year - 2000) * 12, 1));
  return instantOf({ year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: 1, hour: 0, minute: 0, second: 0 }, zone);
}

/** Whether the clocks change on the local day of this instant: then its hours need the name of the clock as well. */
export function clocksChangeOn(instant: number, zone: string): boolean {
  return startOfDay(instant, zone, 1) - startOfDay(instant, zone) !== dayMs;
}
