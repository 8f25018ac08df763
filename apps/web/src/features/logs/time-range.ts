import { startOfDay } from "../../ui/zone-time.ts";

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
  { range: "7d", label: "Last 7 days" },
  { range: "30d", label: "Last 30 days" },
  { range: "90d", label: "Last 90 days" },
] as const;

export const lookBackDaysMax = 3650;

/** `today` is one day, `14d` fourteen; anything else is not a range. */
export function rangeDays(range: string): number | null {
  if (range === "today") return 1;
  const days = /^([1-9]\d{0,3})d$/.exec(range)?.[1];
  return days !== undefined && Number(days) <= lookBackDaysMax ? Number(days) : null;
}

/** Whole local days ending with today: the range stays open at its end, so that new events belong to it. */
export function resolveRange(choice: RangeChoice, zone: string, now: number): Instants {
  if (choice.range !== undefined) {
    const days = rangeDays(choice.range);
    return days === null ? {} : { from: new Date(startOfDay(now, zone, 1 - days)).toISOString() };
  }
  return { ...(choice.from ? { from: choice.from } : {}), ...(choice.to ? { to: choice.to } : {}) };
}

export function rangeLabel(choice: RangeChoice, day: (iso: string) => string): string {
  const preset = presets.find(({ range }) => range === choice.range);
  if (preset) return preset.label;
  if (choice.range !== undefined) return `Last ${rangeDays(choice.range)} days`;
  if (choice.from && choice.to) return `${day(choice.from)} – ${day(choice.to)}`;
  if (choice.from) return `Since ${day(choice.from)}`;
  return choice.to ? `Before ${day(choice.to)}` : "All time";
}

/** Whether an event of this moment would be in the range: only then can it be followed live. */
export function reachesNow(choice: RangeChoice, now: number): boolean {
  return choice.to === undefined || Date.parse(choice.to) > now;
}
