import { isTimeZone, startOfWall, zoneOffsetMs } from "@daybook/event";

/** When a report goes out, every week: ISO weekday (1 is Monday) and hour, as the clocks on the wall of that zone show them. */
export interface WeeklySchedule {
  weekday: number;
  hour: number;
  /** IANA name, such as `Europe/Paris`. */
  zone: string;
}

/** Seven whole local days. As instants it is 168 hours long, give or take a change of clocks. */
export interface Period {
  /** Inclusive, ISO 8601 in UTC. */
  from: string;
  /** Exclusive. */
  to: string;
  zone: string;
  /** The seven local dates, `2026-11-16`. The first of them names the period. */
  days: string[];
}

/** The first run after `now`. Where clocks skip that hour, the run is the moment they skip to; where they repeat it, the first of the two. */
export function nextRun(now: Date, schedule: WeeklySchedule): Date {
  assertSchedule(schedule);
  const today = localDate(now, schedule.zone);
  const daysAhead = (schedule.weekday - weekdayOf(today) + 7) % 7;
  const candidates = [daysAhead, daysAhead + 7].map((days) => runOn(addDays(today, days), schedule));
  const next = candidates.find((run) => run > now);
  if (next === undefined) throw new Error("a run within 14 days lies after now");
  return next;
}

/** The newest run that is due at `now`, itself included. */
export function latestRun(now: Date, schedule: WeeklySchedule): Date {
  assertSchedule(schedule);
  const today = localDate(now, schedule.zone);
  const daysAgo = (weekdayOf(today) - schedule.weekday + 7) % 7;
  const candidates = [daysAgo, daysAgo + 7].map((days) => runOn(addDays(today, -days), schedule));
  const latest = candidates.find((run) => run <= now);
  if (latest === undefined) throw new Error("a run within 14 days lies before now");
  return latest;
}

const runOn = (date: string, { hour, zone }: WeeklySchedule): Date => instantOf({ date, hour }, zone);

/**
 * The newest seven whole days that ended on the schedule's weekday: of a Monday's run the Monday to Sunday before it. The run and
 * "send now" later that week report the same period, and periods of successive weeks meet without gap or overlap.
 */
export function lastFullWeek(now: Date, { weekday, zone }: Pick<WeeklySchedule, "weekday" | "zone">): Period {
  assertSchedule({ weekday, zone, hour: 0 });
  const today = localDate(now, zone);
  return weekEnding(addDays(today, -((weekdayOf(today) - weekday + 7) % 7)), zone);
}

/** The seven days that end with today, which is not over: what somebody wants to read who asks for a report now. */
export const sevenDaysThrough = (now: Date, zone: string): Period => weekEnding(addDays(localDate(now, zone), 1), zone);

/** The seven days before the period. */
export const weekBefore = ({ days, zone }: Period): Period => weekEnding(days[0] ?? "", zone);

function weekEnding(endDate: string, zone: string): Period {
  const days = Array.from({ length: 7 }, (_, index) => addDays(endDate, index - 7));
  const start = (date: string): string => instantOf({ date, hour: 0 }, zone).toISOString();
  return { from: start(days[0] ?? endDate), to: start(endDate), zone, days };
}

/** The date that a calendar on the wall of that zone shows. */
export const localDate = (instant: Date, zone: string): string =>
  new Date(instant.getTime() + zoneOffsetMs(instant.getTime(), zone)).toISOString().slice(0, 10);

function assertSchedule({ weekday, hour, zone }: WeeklySchedule): void {
  if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) throw new RangeError(`A weekday is 1 (Monday) to 7 (Sunday); got ${weekday}`);
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw new RangeError(`An hour is 0 to 23; got ${hour}`);
  if (!isTimeZone(zone)) throw new RangeError(`Not a time zone: ${zone}`);
}

/** Dates are counted as if in UTC, where every day has 24 hours. */
const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

const weekdayOf = (date: string): number => ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** The first instant at which the wall shows that date and hour or something later. */
function instantOf({ date, hour }: { date: string; hour: number }, zone: string): Date {
  const wall = Date.parse(`${date}T${String(hour).padStart(2, "0")}:00:00Z`);
  return new Date(startOfWall(wall, zone));
}

const dayMs = 86_400_000;
