import { wallTime } from "@daybook/event";
import { instantOf, startOfDay } from "../../../ui/zone-time.ts";
import { lookBackDaysMax, lookBackHoursMax, type RangeChoice } from "./time-range.ts";

/** Times as people type them: "last 3 h", "12 jun", "2024-06-12 14:30", "yesterday", "12 jun to 14 jun", ISO 8601. */

export interface Clock {
  zone: string;
  now: number;
}

/** The stretch that a time names: a day, a month, a minute. `exact` when it has a clock in it. */
export interface Stretch {
  from: number;
  to: number;
  exact: boolean;
}

export type ReadText = { choice: RangeChoice } | { problem: string };

const textLengthMax = 80;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
// A moment alone asks what happened around it.
const aroundMs = 30 * minuteMs;

const help = "Try “last 3 h”, “yesterday”, “12 jun”, “2024-06-12 14:30” or “12 jun to 14 jun”.";

export function readRangeText(typed: string, clock: Clock): ReadText {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if (text === "") return { problem: help };
  if (text.length > textLengthMax) return { problem: `A time has at most ${textLengthMax} characters.` };
  if (/^(all|all time|ever|always)$/.test(text)) return { choice: {} };
  if (text === "today" || text === "yesterday") return { choice: { range: text } };
  return readLookBack(text, clock) ?? readEdges(text, clock) ?? readAlone(text, clock);
}

const units: readonly { names: RegExp; unit: "m" | "h" | "d"; times: number }[] = [
  { names: /^(m|min|mins|minute|minutes)$/, unit: "m", times: 1 },
  { names: /^(h|hr|hrs|hour|hours)$/, unit: "h", times: 1 },
  { names: /^(d|day|days)$/, unit: "d", times: 1 },
  { names: /^(w|week|weeks)$/, unit: "d", times: 7 },
];

/** "last 3 h", "past 2 weeks", "7d", "last hour". */
function readLookBack(text: string, { now }: Clock): ReadText | null {
  const match = /^(?:last |past |previous )?([-−]?\d+(?:\.\d+)?)? ?([a-z]+)$/.exec(text);
  const found = units.find(({ names }) => names.test(match?.[2] ?? ""));
  if (!match || !found || (match[1] === undefined && !/^(last|past|previous) /.test(text))) return null;
  const { unit, times } = found;
  const count = Number((match[1] ?? "1").replace("−", "-")) * times;
  if (!Number.isInteger(count) || count < 1) return { problem: "Look back by a whole number, from 1." };
  if (unit === "m") {
    // Minutes are too short to move along with the clock: they are counted from now, once.
    return count <= lookBackHoursMax * 60 ? { choice: { from: iso(Math.floor((now - count * minuteMs) / minuteMs) * minuteMs) } } : tooFar(lookBackDaysMax);
  }
  if (unit === "h" && count > lookBackHoursMax) return { problem: `At most ${lookBackHoursMax} hours; write days instead.` };
  return unit === "d" && count > lookBackDaysMax ? tooFar(lookBackDaysMax) : { choice: { range: `${count}${unit}` } };
}

const tooFar = (days: number): ReadText => ({ problem: `At most ${days} days back.` });

/** "12 jun to 14 jun", "since yesterday", "before 2024". Both ends of days are part of the range. */
function readEdges(text: string, clock: Clock): ReadText | null {
  const open = /^(since|from|after|before|until|to) (.+)$/.exec(text);
  const [left, right, ...more] = text.split(/ (?:to|until|till|and|[-–—→]) | ?\.\. ?/);
  if (left !== undefined && right !== undefined && more.length === 0) {
    const from = readMoment(left.replace(/^(from|between) /, ""), clock);
    const to = readMoment(right, clock);
    if (!from || !to) return { problem: notRead(from ? right : left) };
    const end = to.exact ? to.from : to.to;
    return end > from.from ? { choice: { from: iso(from.from), to: iso(end) } } : { problem: "The end is not after the start." };
  }
  if (!open) return null;
  const [, word = "", rest = ""] = open;
  const moment = readMoment(rest, clock);
  if (!moment) return { problem: notRead(rest) };
  if (word === "since" || word === "from") return { choice: { from: iso(moment.from) } };
  if (word === "after") return { choice: { from: iso(moment.exact ? moment.from : moment.to) } };
  return { choice: { to: iso(word === "before" || moment.exact ? moment.from : moment.to) } };
}

function readAlone(text: string, clock: Clock): ReadText {
  const moment = readMoment(text, clock);
  if (!moment) return { problem: notRead(text) };
  const { from, to, exact } = moment;
  return { choice: exact ? { from: iso(from - aroundMs), to: iso(from + aroundMs) } : { from: iso(from), to: iso(to) } };
}

function notRead(text: string): string {
  if (/\d+\/\d+/.test(text)) return `“${text}” reads differently in different countries: write 2024-06-12 or 12 jun 2024.`;
  return `“${text}” is not a time. ${help}`;
}

/** One time: null when it is none. */
export function readMoment(typed: string, clock: Clock): Stretch | null {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if (text === "now") return exact(clock.now);
  return readInstant(text) ?? readAgo(text, clock) ?? readDayAndClock(text, clock) ?? readCalendar(text, clock);
}

/** What names its own offset, or counts from 1970: it is the same in every zone. */
function readInstant(text: string): Stretch | null {
  if (/^\d{10}$|^\d{13}$/.test(text)) return exact(Number(text) * (text.length === 10 ? 1000 : 1));
  if (!/^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d{1,9})?)? ?(z|[+-]\d\d:?\d\d)$/.test(text)) return null;
  const instant = Date.parse(text.replace(" ", "t").replaceAll(" ", "").toUpperCase());
  return Number.isNaN(instant) ? null : exact(instant);
}

function readAgo(text: string, { now }: Clock): Stretch | null {
  const [, digits, name = ""] = /^(\d{1,5}) ?([a-z]+) ago$/.exec(text) ?? [];
  const found = units.find(({ names }) => names.test(name));
  if (!found) return null;
  const size = { m: minuteMs, h: hourMs, d: 24 * hourMs }[found.unit];
  return exact(now - Number(digits) * found.times * size);
}

/** "12 jun 14:30", "2024-06-12T14:30:05", "yesterday 9:00", "14:30" of today. */
function readDayAndClock(text: string, clock: Clock): Stretch | null {
  const [, day = "", hour = "", minute = "", second = "0", fraction = "0"] =
    /^(?:(.+?)(?:,? |t))?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/.exec(text) ?? [];
  if (hour === "" || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const on = day === "" ? readCalendar("today", clock) : readCalendar(day, clock);
  if (!on) return null;
  const wall = { ...wallTime(on.from, clock.zone), hour: Number(hour), minute: Number(minute), second: Number(second) };
  return exact(instantOf(wall, clock.zone) + Number(fraction.padEnd(3, "0")));
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Days, months and years of the calendar on the wall. */
function readCalendar(text: string, clock: Clock): Stretch | null {
  const dayAt = (days: number): Stretch => ({ from: startOfDay(clock.now, clock.zone, days), to: startOfDay(clock.now, clock.zone, days + 1), exact: false });
  if (text === "today") return dayAt(0);
  if (text === "yesterday") return dayAt(-1);
  const numbers = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/.exec(text);
  if (numbers) {
    const { y, m, d } = numbers.groups ?? { y: numbers[1], m: numbers[2], d: numbers[3] };
    return stretch(Number(y), m === undefined ? null : Number(m), d === undefined ? null : Number(d), clock);
  }
  const words = text.replaceAll(",", "").replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* /, "");
  const parts = /^(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(words);
  const turned = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(words);
  const whole = /^([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(words);
  const [day, name = "", year] = parts ? parts.slice(1) : turned ? [turned[2], turned[1], turned[3]] : [undefined, whole?.[1], whole?.[2]];
  const month = monthNames.findIndex((each) => name.startsWith(each)) + 1;
  if (month === 0 || !isMonthName(name, month)) return null;
  const asked = day === undefined ? null : Number(day);
  if (year !== undefined) return stretch(Number(year), month, asked, clock);
  // Without a year, the last time that it was that day.
  const thisYear = wallTime(clock.now, clock.zone).year;
  const near = stretch(thisYear, month, asked, clock);
  return near && near.from > clock.now ? stretch(thisYear - 1, month, asked, clock) : near;
}

const longNames = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const isMonthName = (name: string, month: number): boolean => longNames[month - 1]?.startsWith(name) === true || (month === 9 && name === "sept");

function stretch(year: number, month: number | null, day: number | null, { zone }: Clock): Stretch | null {
  if (year < 1970 || year > 9998 || (month !== null && (month < 1 || month > 12))) return null;
  if (day !== null && (day < 1 || day > new Date(Date.UTC(year, month ?? 1, 0)).getUTCDate())) return null;
  const at = (y: number, m: number, d: number): number => {
    const date = new Date(Date.UTC(y, m, d));
    return instantOf({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: 0, minute: 0, second: 0 }, zone);
  };
  const from = at(year, (month ?? 1) - 1, day ?? 1);
  const to = month === null ? at(year + 1, 0, 1) : day === null ? at(year, month, 1) : at(year, month - 1, day + 1);
  return { from, to, exact: false };
}

const exact = (instant: number): Stretch | null =>
  Number.isFinite(instant) && instant >= 0 && instant < Date.UTC(9999, 0, 1) ? { from: instant, to: instant, exact: true } : null;
const iso = (instant: number): string => new Date(instant).toISOString();
