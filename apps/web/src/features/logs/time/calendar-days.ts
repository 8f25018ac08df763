/** Days of the calendar as plain numbers: no zone, no clock. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

/** Moved by days; months and years carry over. */
function addDays({ year, month, day }: Day, days: number): Day {
  return of(new Date(Date.UTC(year, month - 1, day + days)));
}

/** The same day of another month, or its last one where that month is shorter. */
export function addMonths({ year, month, day }: Day, months: number): Day {
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return of(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))));
}

/** Monday is 0, as ISO 8601 has it. */
const weekday = ({ year, month, day }: Day): number => (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;

export const dayKey = ({ year, month, day }: Day): string => [String(year).padStart(4, "0"), two(month), two(day)].join("-");
export const sameDay = (a: Day, b: Day): boolean => dayKey(a) === dayKey(b);
export const isBeforeDay = (a: Day, b: Day): boolean => dayKey(a) < dayKey(b);

/** Whole weeks that cover the month of this day; places of other months are empty. */
export function weeksOf({ year, month }: Day): (Day | null)[][] {
  const first = { year, month, day: 1 };
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const places = [...Array<null>(weekday(first)).fill(null), ...Array.from({ length: count }, (_, index) => ({ year, month, day: index + 1 }))];
  while (places.length % 7 !== 0) places.push(null);
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7));
}

/** Where a key leads from a day; null for every other key. */
export function dayByKey(day: Day, key: string): Day | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -7);
    case "ArrowDown":
      return addDays(day, 7);
    case "Home":
      return addDays(day, -weekday(day));
    case "End":
      return addDays(day, 6 - weekday(day));
    case "PageUp":
      return addMonths(day, -1);
    case "PageDown":
      return addMonths(day, 1);
    default:
      return null;
  }
}

const of = (date: Date): Day => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
const two = (value: number): string => String(value).padStart(2, "0");
