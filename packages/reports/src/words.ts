import type { Compared } from "./digest.ts";
import type { Period } from "./period.ts";

/**
 * Foreign text for a mail: one line, without control characters and without the marks that turn the direction of reading
 * (a name could otherwise rewrite the sentence around it), and short enough that no name fills the page.
 */
export function clean(text: string, lengthMax = 120): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/ {2,}/g, " ")
    .trim();
  const points = [...line];
  return points.length <= lengthMax ? line : `${points.slice(0, lengthMax - 1).join("")}…`;
}

/** Long enough for the news, short enough for every mail server's line. */
const subjectLengthMax = 160;
export const subjectLine = (text: string): string => clean(text, subjectLengthMax);

const counts = new Intl.NumberFormat("en-US");
export const number = (value: number): string => counts.format(value);

export const plural = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`;

/** `▲ 12 % · was 1,075` where a rate says something, `▲ 3 · was 1` where the numbers are small, `= unchanged` where nothing moved. */
export const comparison = (value: Compared): string => (value.now === value.before ? "= unchanged" : `${trend(value)} · ${was(value)}`);

function trend({ now, before, percent }: Compared): string {
  const arrow = now > before ? "▲" : "▼";
  return percent === null || before < rateBeforeMin ? `${arrow} ${number(Math.abs(now - before))}` : `${arrow} ${number(Math.abs(percent))} %`;
}
/** Below this, "▲ 200 %" would be two more than one. */
const rateBeforeMin = 10;

export const was = ({ before }: Compared): string => `was ${number(before)}`;

/** `16–22 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`. */
export function periodLabel({ days }: Period): string {
  const first = dateParts(days[0] ?? "");
  const last = dateParts(days.at(-1) ?? "");
  if (first.year !== last.year) return `${first.day} ${first.month} ${first.year} – ${last.day} ${last.month} ${last.year}`;
  if (first.month !== last.month) return `${first.day} ${first.month} – ${last.day} ${last.month} ${last.year}`;
  return `${first.day}–${last.day} ${last.month} ${last.year}`;
}

function dateParts(date: string): { day: string; month: string; year: string } {
  const parts = new Map(longDate.formatToParts(new Date(`${date}T00:00:00Z`)).map(({ type, value }) => [type, value]));
  return { day: parts.get("day") ?? "", month: parts.get("month") ?? "", year: parts.get("year") ?? "" };
}
const longDate = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });

/** `Mon`, for a local date. */
export const weekdayName = (date: string): string => weekday.format(new Date(`${date}T00:00:00Z`));
const weekday = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "short" });

/** `Mon 16 Nov 2026, 23:41:07`, as the wall shows it there; the zone stands beside it. */
export function momentLabel(instant: string, zone: string): string {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}, ${part("hour")}:${part("minute")}:${part("second")}`;
}
