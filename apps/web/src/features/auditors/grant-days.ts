import { wallTime } from "@daybook/event";
import { dateText, instantOfInput } from "../../ui/zone-time.ts";

/** Days as a date input has them, in the organization's zone. */
export const dayOf = (iso: string, zone: string): string => dateText(wallTime(Date.parse(iso), zone));

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The first moment of a day; the text itself where it is no day, so that the server can say so. */
export function startOf(day: string, zone: string): string {
  const instant = instantOfInput(`${day}T00:00`, zone);
  return instant === null ? day : new Date(instant).toISOString();
}

/** The moment after the last of a day. */
export const endOfDay = (day: string, zone: string): string => startOf(dayAfter(day, 1), zone);
