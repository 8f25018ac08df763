import { startOfDay } from "../../../ui/zone-time.ts";
import { lookBackDaysMax, lookBackHoursMax, readRange, resolveRange, type RangeChoice } from "./time-range.ts";

/** Walking along the time line: one window on, one window back, twice as wide. Where a range has no beginning there is nothing to walk by. */

interface Window {
  from: number;
  to: number;
  /** Whole local days: they are stepped by as days, so that a clock change between them shifts nothing. */
  days: number | null;
}

const dayMs = 86_400_000;

/** The window `direction` × its own width away, or null where there is none: before all time, or after now. */
export function stepRange(choice: RangeChoice, direction: 1 | -1, zone: string, now: number): RangeChoice | null {
  const window = windowOf(choice, zone, now);
  if (!window) return null;
  const { days } = window;
  const width = window.to - window.from;
  const moved =
    days === null
      ? { from: window.from + direction * width, to: window.to + direction * width }
      : { from: startOfDay(window.from, zone, direction * days), to: startOfDay(window.to, zone, direction * days) };
  if (moved.from >= now) return null;
  return named(moved, zone, now);
}

/** Twice as wide around the same middle; what reaches now grows to the left only. Null where nothing wider can be said. */
export function widenRange(choice: RangeChoice, zone: string, now: number): RangeChoice | null {
  const token = choice.range === undefined ? null : readRange(choice.range);
  if (token?.unit === "day") return token.count >= lookBackDaysMax ? null : { range: `${Math.min(token.count * 2, lookBackDaysMax)}d` };
  if (token?.unit === "hour" && token.count * 2 <= lookBackHoursMax) return { range: `${token.count * 2}h` };
  const window = windowOf(choice, zone, now);
  if (!window) return null;
  const half = (window.to - window.from) / 2;
  if (choice.range === undefined && choice.to === undefined) return { from: iso(window.from - 2 * half) };
  const to = Math.min(window.to + half, Math.max(now, window.to));
  return { from: iso(to - 4 * half), to: iso(to) };
}

function windowOf(choice: RangeChoice, zone: string, now: number): Window | null {
  const { from, to } = resolveRange(choice, zone, now);
  if (from === undefined) return null;
  const start = Date.parse(from);
  const token = choice.range === undefined ? null : readRange(choice.range);
  // A window that is still open ends with its last day, or with this moment.
  const end = to === undefined ? (token?.unit === "day" ? startOfDay(now, zone, 1) : Math.max(now, start + 1)) : Date.parse(to);
  const isWhole = startOfDay(start, zone) === start && startOfDay(end, zone) === end;
  return { from: start, to: end, days: isWhole ? Math.round((end - start) / dayMs) : null };
}

/** Today and yesterday keep their names, so that a step there and back ends where it began. */
function named({ from, to }: { from: number; to: number }, zone: string, now: number): RangeChoice {
  const today = startOfDay(now, zone);
  if (from === today && to === startOfDay(now, zone, 1)) return { range: "today" };
  if (to === today && from === startOfDay(now, zone, -1)) return { range: "yesterday" };
  return { from: iso(from), to: iso(to) };
}

const iso = (instant: number): string => new Date(Math.round(instant)).toISOString();
