import { wallAsUtc, type WallTime, wallTime, zoneOffsetMs } from "@daybook/event";

/** Wall-clock arithmetic in a named time zone, on `Intl` alone. Instants are epoch milliseconds. */

const dayMs = 86_400_000;

/** The instant a wall clock shows this. An hour that happens twice gives its first; an hour that is skipped gives the instant the clock jumps past it. */
export function instantOf(wall: WallTime, zone: string): number {
  const guess = wallAsUtc(wall);
  const candidates = [guess - zoneOffsetMs(guess - dayMs, zone), guess - zoneOffsetMs(guess + dayMs, zone)];
  const exact = candidates.filter((instant) => wallAsUtc(wallTime(instant, zone)) === guess);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** Midnight of the local day `daysLater` days after the day of `instant`: days of 23 or 25 hours included. */
export function startOfDay(instant: number, zone: string, daysLater = 0): number {
  const { year, month, day } = wallTime(instant, zone);
  const moved = new Date(Date.UTC(year, month - 1, day + daysLater));
  return instantOf({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate(), hour: 0, minute: 0, second: 0 }, zone);
}

const two = (value: number): string => String(value).padStart(2, "0");

export const dateText = (wall: WallTime): string => `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}`;
export const clockText = (wall: WallTime): string => `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "20 Nov", or "20 Nov 2026". */
export function dayText(instant: number, zone: string, withYear: boolean): string {
  const { year, month, day } = wallTime(instant, zone);
  return `${day} ${months[month - 1] ?? ""}${withYear ? ` ${year}` : ""}`;
}

/** The one long form of an instant, wherever it stands: "2026-11-20 13:03:10.245 (UTC+1)". */
export function exactText(instant: number, zone: string): string {
  const wall = wallTime(instant, zone);
  return `${dateText(wall)} ${clockText(wall)}${millisecondsText(instant)} (${offsetName(instant, zone)})`;
}

export const millisecondsText = (instant: number): string => `.${String(new Date(instant).getUTCMilliseconds()).padStart(3, "0")}`;

/** The value of `<input type="datetime-local">`. */
export const inputText = (instant: number, zone: string): string => {
  const wall = wallTime(instant, zone);
  return `${dateText(wall)}T${two(wall.hour)}:${two(wall.minute)}`;
};

export function instantOfInput(value: string, zone: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(value);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return instantOf({ year, month, day, hour, minute, second }, zone);
}

/** "UTC+1", "UTC−3:30", "UTC". */
export function offsetName(instant: number, zone: string): string {
  const minutes = Math.round(zoneOffsetMs(instant, zone) / 60_000);
  if (minutes === 0) return "UTC";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${two(rest)}`}`;
}

/** The name that people of the place give its clock, "CET" and "CEST": it tells the two hours apart that one local hour is when clocks go back. */
export function clockName(instant: number, zone: string): string {
  for (const locale of ["en-GB", "en-US"]) {
    const name = nameFormat(locale, zone)
      .formatToParts(instant)
      .find(({ type }) => type === "timeZoneName")?.value;
    if (name !== undefined && !/\d/.test(name)) return name;
  }
  return offsetName(instant, zone);
}

/** Making a format costs a hundred times what using it does, and a page knows three zones. */
const nameFormats = new Map<string, Intl.DateTimeFormat>();
function nameFormat(locale: string, zone: string): Intl.DateTimeFormat {
  const key = `${locale} ${zone}`;
  const known = nameFormats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" });
  nameFormats.set(key, known);
  return known;
}

export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

export function knownZones(): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zones.includes("UTC") ? zones : ["UTC", ...zones];
}
