import { startOfWall, wallAsUtc, wallTime } from "@daybook/event";

const bucketUnits = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
export type BucketUnit = (typeof bucketUnits)[number];

/** Where bars begin. The first begins at or before the range, the last ends at or behind it. */
export interface Grid {
  unit: BucketUnit;
  /** The usual length of one; a day on which clocks change is longer or shorter. */
  bucketSeconds: number;
  /** Epoch milliseconds, ascending. */
  starts: number[];
}

/** At most this many bars: more cannot be told apart. */
export const bucketsMax = 120;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Months and longer have the mean length of the Gregorian calendar. */
const month = 2_629_746_000;

/** Finest first. `spanMax`: of a longer range they would be too many, or say less than the next ones. */
const sizes: readonly { unit: BucketUnit; size: number; ms: number; spanMax: number }[] = [
  { unit: "minute", size: 1, ms: minute, spanMax: 2 * hour },
  { unit: "minute", size: 5, ms: 5 * minute, spanMax: 6 * hour },
  { unit: "hour", size: 1, ms: hour, spanMax: 4.5 * day },
  { unit: "hour", size: 3, ms: 3 * hour, spanMax: 14 * day },
  { unit: "day", size: 1, ms: day, spanMax: 118 * day },
  { unit: "week", size: 1, ms: 7 * day, spanMax: 110 * 7 * day },
  { unit: "month", size: 1, ms: month, spanMax: 110 * month },
  { unit: "quarter", size: 1, ms: 3 * month, spanMax: 110 * 3 * month },
  { unit: "year", size: 1, ms: 12 * month, spanMax: 110 * 12 * month },
  { unit: "year", size: 10, ms: 120 * month, spanMax: 110 * 120 * month },
  { unit: "year", size: 100, ms: 1_200 * month, spanMax: Infinity },
];

/** Coarser ones are there for ranges of which the finest cannot be counted in time. */
const gridsMax = 4;

/** Bars over a range, in epoch milliseconds, as the clocks and calendars of a zone have them: the finest that fit, then coarser ones. */
export function gridsOf({ from, to, zone }: { from: number; to: number; zone: string }): Grid[] {
  const span = Math.max(0, to - from);
  return sizes
    .filter(({ spanMax }) => span <= spanMax)
    .slice(0, gridsMax)
    .map(({ unit, size, ms }) => ({ unit, bucketSeconds: ms / 1_000, starts: startsOf({ from, to, zone, unit, size }) }));
}

/** Bars of a day each. */
export const daysBetween = (range: { from: number; to: number; zone: string }): number[] => startsOf({ ...range, unit: "day", size: 1 });

interface Range {
  from: number;
  to: number;
  zone: string;
  unit: BucketUnit;
  size: number;
}

/** Clocks that are set back show an hour twice; each of the two is a bar of its own when bars are hours. */
function startsOf({ from, to, zone, unit, size }: Range): number[] {
  const wall = wallAsUtc(wallTime(from, zone));
  const first = floored(wall, unit, size);
  const starts = [unit === "minute" || (unit === "hour" && size === 1) ? from - (wall + (((from % 1_000) + 1_000) % 1_000) - first) : startOfWall(first, zone)];
  for (let at = first, count = 1; count < bucketsMax; count += 1) {
    const last = starts.at(-1) ?? from;
    at = nextWall(at, unit, size);
    const next = isAbsolute(unit, size) ? alignedAfter(last, size * (unit === "minute" ? minute : hour), zone) : startOfWall(at, zone);
    if (next >= to) break;
    if (next > last) starts.push(next);
  }
  return starts;
}

const isAbsolute = (unit: BucketUnit, size: number): boolean => unit === "minute" || (unit === "hour" && size === 1);

/** The next whole step of the wall's clock. Where clocks jump by half an hour, the bar of the jump is shorter. */
function alignedAfter(last: number, step: number, zone: string): number {
  const next = last + step;
  const past = wallAsUtc(wallTime(next, zone)) % step;
  return past === 0 ? next : next - past;
}

/** The wall's reading, held as if it were UTC, at the begin of its unit. Weeks begin on Monday. */
function floored(wall: number, unit: BucketUnit, size: number): number {
  const date = new Date(wall);
  const [year, monthOf] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (unit) {
    case "minute":
      return Math.floor(wall / (size * minute)) * size * minute;
    case "hour":
      return Math.floor(wall / (size * hour)) * size * hour;
    case "day":
      return Math.floor(wall / day) * day;
    case "week":
      return Math.floor(wall / day) * day - ((date.getUTCDay() + 6) % 7) * day;
    case "month":
      return Date.UTC(year, monthOf, 1);
    case "quarter":
      return Date.UTC(year, monthOf - (monthOf % 3), 1);
    case "year":
      return Date.UTC(year - (year % size), 0, 1);
  }
}

function nextWall(wall: number, unit: BucketUnit, size: number): number {
  const date = new Date(wall);
  switch (unit) {
    case "minute":
      return wall + size * minute;
    case "hour":
      return wall + size * hour;
    case "day":
      return wall + day;
    case "week":
      return wall + 7 * day;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    case "quarter":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 3, 1);
    case "year":
      return Date.UTC(date.getUTCFullYear() + size, 0, 1);
  }
}
