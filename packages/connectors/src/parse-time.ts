import type { Json } from "@daybook/event";
import { isLosslessNumber } from "./lossless-json.ts";

/** Epoch numbers below this (March 1973 in seconds) are counters, flags or years, not times. */
const epochSecondsMin = 100_000_000;
const yearMin = 1970;
const yearMax = 9999;

/**
 * Reads a vendor's time and gives ISO 8601 in UTC with milliseconds, or null when there is none. A text without a zone is UTC: every vendor
 * that leaves the zone out means that. Digits beyond the millisecond stay in the raw record.
 */
export function parseTime(value: Json | undefined): string | null {
  if (isLosslessNumber(value)) return fromEpoch(Number(value.rawJSON));
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  return /^\d{9,19}(?:\.\d{1,9})?$/.test(text) ? fromEpoch(Number(text)) : fromText(text);
}

/** The size tells the unit: seconds until the year 5138, then milliseconds, microseconds, nanoseconds. */
function fromEpoch(amount: number): string | null {
  if (!(amount >= epochSecondsMin)) return null;
  if (amount < 1e11) return toIso(amount * 1_000);
  if (amount < 1e14) return toIso(amount);
  if (amount < 1e17) return toIso(amount / 1_000);
  return toIso(amount / 1_000_000);
}

const timePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{0,9}))?)?)? ?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

function fromText(text: string): string | null {
  const match = timePattern.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 60) return null;
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = offsetMinutes(match[8] ?? "Z");
  if (offset === null) return null;
  return toIso(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset * 60_000);
}

function offsetMinutes(zone: string): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!match) return 0;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? 0);
  if (hours > 23 || minutes > 59) return null;
  return (match[1] === "-" ? -1 : 1) * (hours * 60 + minutes);
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function toIso(epochMs: number): string | null {
  const date = new Date(Math.floor(epochMs));
  const year = date.getUTCFullYear();
  return year >= yearMin && year <= yearMax ? date.toISOString() : null;
}
