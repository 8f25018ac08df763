import { zoneOffsetMs } from "@daybook/event";

/** One local day of the demo. */
export interface Day {
  /** `2026-11-20`, as a calendar on the wall shows it. */
  date: string;
  /** Days before today: 0 is today. */
  ago: number;
  working: boolean;
  /** The instant at which the clock on the wall shows that minute of the day. */
  at(minute: number): number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The newest `count` days up to the one that holds `now`, oldest first. */
export function daysUntil(now: Date, { zone, count }: { zone: string; count: number }): Day[] {
  const offsetAt = offsetsOf(zone);
  const today = new Date(now.getTime() + offsetAt(now.getTime())).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, index) => {
    const ago = count - 1 - index;
    const midnight = Date.parse(`${today}T00:00:00Z`) - ago * dayMs;
    const weekday = new Date(midnight).getUTCDay();
    return {
      date: new Date(midnight).toISOString().slice(0, 10),
      ago,
      working: weekday >= 1 && weekday <= 5,
      at(minute) {
        const wall = midnight + Math.round(minute * minuteMs);
        return wall - offsetAt(wall - offsetAt(wall));
      },
    };
  });
}

/** How far the wall is ahead of UTC. Offsets change on whole quarters of an hour, so one look a quarter is enough. */
function offsetsOf(zone: string): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / (15 * minuteMs)) * 15 * minuteMs;
    const offset = known.get(quarter) ?? zoneOffsetMs(quarter, zone);
    known.set(quarter, offset);
    return offset;
  };
}
