import { wallTime } from "@daybook/event";
import { plural } from "../../../ui/numbers.ts";
import { dayText, startOfDay } from "../../../ui/zone-time.ts";

/** A time range as the URL holds it: a token that is resolved when used, or two fixed instants. Nothing at all means all time. */
export interface RangeChoice {
  range?: string;
  from?: string;
  to?: string;
}

export interface Instants {
  from?: string;
  to?: string;
}

export const presets = [
  { range: "today", label: "Today" },
  { range: "yesterday", label: "Yesterday" },
  { range: "7d", label: "Last 7 days" },
  { range: "30d", label: "Last 30 days" },
  { range: "90d", label: "Last 90 days" },
] as const;

export const lookBackDaysMax = 3650;
export const lookBackHoursMax = 720;

type Token = { unit: "day" | "hour"; count: number } | { unit: "yesterday" };

/** `today` is one day, `14d` fourteen, `3h` three hours; anything else is not a range. */
export function readRange(range: string): Token | null {
  if (range === "today") return { unit: "day", count: 1 };
  if (range === "yesterday") return { unit: "yesterday" };
  const [, digits, unit] = /^([1-9]\d{0,3})([dh])$/.exec(range) ?? [];
  const count = Number(digits);
  if (unit === "d" && count <= lookBackDaysMax) return { unit: "day", count };
  return unit === "h" && count <= lookBackHoursMax ? { unit: "hour", count } : null;
}

/** Whole days that end with today; null for every other range. */
export function rangeDays(range: string): number | null {
  const token = readRange(range);
  return token?.unit === "day" ? token.count : null;
}

const hourMs = 3_600_000;
// A beginning that moved with every tick of the clock would ask for the whole list again each time.
const hoursStepMs = hourMs / 4;

/** Whole local days: a range that ends with today stays open at its end, so that new events belong to it. Hours begin at a whole quarter. */
export function resolveRange(choice: RangeChoice, zone: string, now: number): Instants {
  if (choice.range === undefined) return { ...(choice.from ? { from: choice.from } : {}), ...(choice.to ? { to: choice.to } : {}) };
  const token = readRange(choice.range);
  const dayAt = (days: number) => new Date(startOfDay(now, zone, days)).toISOString();
  switch (token?.unit) {
    case "day":
      return { from: dayAt(1 - token.count) };
    case "yesterday":
      return { from: dayAt(-1), to: dayAt(0) };
    case "hour":
      return { from: new Date(Math.floor((now - token.count * hourMs) / hoursStepMs) * hoursStepMs).toISOString() };
    case undefined:
      return {};
  }
}

export function rangeLabel(choice: RangeChoice, day: (iso: string) => string): string {
  if (choice.range !== undefined) return tokenLabel(choice.range);
  if (choice.from && choice.to) return `${day(choice.from)} – ${day(choice.to)}`;
  if (choice.from) return `Since ${day(choice.from)}`;
  return choice.to ? `Before ${day(choice.to)}` : "All time";
}

function tokenLabel(range: string): string {
  const preset = presets.find((each) => each.range === range);
  const token = readRange(range);
  if (preset) return preset.label;
  return token && token.unit !== "yesterday" ? `Last ${plural(token.count, token.unit)}` : range;
}

/** The days that a range stands for, both ends told: "14 – 20 Nov", "20 Nov 14:00 – now". Empty for all time. */
export function rangeDates({ from, to }: Instants, zone: string, now: number): string {
  if (!from) return to ? `before ${momentText(Date.parse(to), zone, now)}` : "";
  const start = Date.parse(from);
  const first = momentText(start, zone, now);
  if (!to) return startOfDay(start, zone) === start && startOfDay(now, zone) === start ? first : `${first} – now`;
  const end = Date.parse(to);
  if (startOfDay(start, zone) !== start || startOfDay(end, zone) !== end) return `${first} – ${momentText(end, zone, now)}`;
  // Whole days: the end that is not included is the midnight after the last of them.
  const last = momentText(startOfDay(end - 1, zone), zone, now);
  return first === last ? first : `${first} – ${last}`;
}

/** "20 Nov", with the year where it is another one, with the clock where it is not midnight. */
export function momentText(instant: number, zone: string, now: number): string {
  const { year, hour, minute, second } = wallTime(instant, zone);
  const date = dayText(instant, zone, year !== wallTime(now, zone).year);
  const two = (value: number) => String(value).padStart(2, "0");
  if (startOfDay(instant, zone) === instant) return date;
  return `${date} ${two(hour)}:${two(minute)}${second === 0 ? "" : `:${two(second)}`}`;
}

/** Whether an event of this moment would be in the range: only then can it be followed live. */
export function reachesNow(choice: RangeChoice, now: number): boolean {
  if (choice.range !== undefined) return choice.range !== "yesterday";
  return choice.to === undefined || Date.parse(choice.to) > now;
}
