import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastFullWeek, latestRun, localDate, nextRun, sevenDaysThrough, weekBefore, type WeeklySchedule } from "./period.ts";

const schedule = (zone: string, weekday: number, hour: number): WeeklySchedule => ({ zone, weekday, hour });
const next = (now: string, ...[zone, weekday, hour]: [string, number, number]): string => nextRun(new Date(now), schedule(zone, weekday, hour)).toISOString();

describe("the next run", () => {
  test.each<[string, string, [string, number, number], string]>([
    ["an ordinary Monday", "2026-11-18T10:00:00Z", ["Europe/Paris", 1, 8], "2026-11-23T07:00:00.000Z"],
    ["later today", "2026-11-23T06:59:59.999Z", ["Europe/Paris", 1, 8], "2026-11-23T07:00:00.000Z"],
    ["the run itself is past", "2026-11-23T07:00:00Z", ["Europe/Paris", 1, 8], "2026-11-30T07:00:00.000Z"],
    ["UTC", "2026-11-23T08:00:00Z", ["UTC", 1, 8], "2026-11-30T08:00:00.000Z"],
    ["already Monday there, still Sunday in UTC", "2026-11-22T21:30:00Z", ["Pacific/Auckland", 1, 11], "2026-11-22T22:00:00.000Z"],
    // Paris, 29 March 2026: 02:00 becomes 03:00.
    ["the week that loses an hour", "2026-03-28T12:00:00Z", ["Europe/Paris", 1, 8], "2026-03-30T06:00:00.000Z"],
    ["an hour that is skipped runs when it would have begun", "2026-03-28T12:00:00Z", ["Europe/Paris", 7, 2], "2026-03-29T01:00:00.000Z"],
    // Paris, 25 October 2026: 03:00 becomes 02:00.
    ["an hour that comes twice runs the first time", "2026-10-24T12:00:00Z", ["Europe/Paris", 7, 2], "2026-10-25T00:00:00.000Z"],
    ["and not the second", "2026-10-25T00:30:00Z", ["Europe/Paris", 7, 2], "2026-11-01T01:00:00.000Z"],
    // New York, 8 March and 1 November 2026.
    ["New York skips", "2026-03-07T12:00:00Z", ["America/New_York", 7, 2], "2026-03-08T07:00:00.000Z"],
    ["New York repeats", "2026-10-31T12:00:00Z", ["America/New_York", 7, 1], "2026-11-01T05:00:00.000Z"],
    // Lord Howe moves by half an hour: 4 October 2026 02:00 becomes 02:30, 5 April 2026 02:00 becomes 01:30.
    ["Lord Howe skips half an hour", "2026-10-03T12:00:00Z", ["Australia/Lord_Howe", 7, 2], "2026-10-03T15:30:00.000Z"],
    ["Lord Howe repeats half an hour", "2026-04-04T10:00:00Z", ["Australia/Lord_Howe", 7, 2], "2026-04-04T15:30:00.000Z"],
    // Cairo, 24 April 2026: midnight becomes 01:00.
    ["a midnight that does not exist", "2026-04-23T12:00:00Z", ["Africa/Cairo", 5, 0], "2026-04-23T22:00:00.000Z"],
  ])("%s", (_what, now, args, expected) => {
    expect(next(now, ...args)).toBe(expected);
  });

  test.each([
    [schedule("Mars/Olympus", 1, 8), "time zone"],
    [schedule("UTC", 0, 8), "weekday"],
    [schedule("UTC", 8, 8), "weekday"],
    [schedule("UTC", 1, 24), "hour"],
    [schedule("UTC", 1, 7.5), "hour"],
  ])("of %j is refused", (bad, word) => {
    expect(() => nextRun(new Date("2026-11-18T10:00:00Z"), bad)).toThrow(word);
  });
});

describe("the reported week", () => {
  test("of a Monday's run is Monday to Sunday, as that zone has them", () => {
    expect(lastFullWeek(new Date("2026-11-23T07:00:00Z"), schedule("Europe/Paris", 1, 8))).toEqual({
      from: "2026-11-15T23:00:00.000Z",
      to: "2026-11-22T23:00:00.000Z",
      zone: "Europe/Paris",
      days: ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"],
    });
  });

  test.each([
    ["2026-03-30T06:00:00Z", "Europe/Paris", 167],
    ["2026-10-26T07:00:00Z", "Europe/Paris", 169],
    ["2026-03-09T12:00:00Z", "America/New_York", 167],
    ["2026-11-02T12:00:00Z", "America/New_York", 169],
    ["2026-10-05T00:00:00Z", "Australia/Lord_Howe", 167.5],
    ["2026-04-06T00:00:00Z", "Australia/Lord_Howe", 168.5],
    ["2026-03-30T06:00:00Z", "UTC", 168],
  ])("seen from %s in %s is %d hours long", (now, zone, hours) => {
    const { from, to } = lastFullWeek(new Date(now), { weekday: 1, zone });
    expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(hours);
  });

  test("is the same from the midnight that ends it to the midnight that ends the next", () => {
    const { to } = lastFullWeek(new Date("2026-11-25T12:00:00Z"), { weekday: 1, zone: "Europe/Paris" });
    const seenAt = (ms: number): string => lastFullWeek(new Date(Date.parse(to) + ms), { weekday: 1, zone: "Europe/Paris" }).to;
    expect(seenAt(-1)).not.toBe(to);
    expect([0, 1, 7 * 86_400_000 - 1].map(seenAt)).toEqual([to, to, to]);
  });
});

describe("the seven days through today", () => {
  test.each([
    ["2026-11-18T10:00:00Z", "Europe/Paris", "2026-11-12", "2026-11-18", "2026-11-18T23:00:00.000Z"],
    // 25 October 2026 has 25 hours in Paris: its first and last moment name the same day.
    ["2026-10-24T22:00:00Z", "Europe/Paris", "2026-10-19", "2026-10-25", "2026-10-25T23:00:00.000Z"],
    ["2026-10-25T22:59:59Z", "Europe/Paris", "2026-10-19", "2026-10-25", "2026-10-25T23:00:00.000Z"],
    ["2026-11-18T11:00:00Z", "Pacific/Auckland", "2026-11-13", "2026-11-19", "2026-11-19T11:00:00.000Z"],
  ])("at %s in %s are %s to %s", (now, zone, first, last, to) => {
    const period = sevenDaysThrough(new Date(now), zone);
    expect([period.days[0], period.days.at(-1), period.days.length, period.to]).toEqual([first, last, 7, to]);
  });
});

const zones = [
  "Europe/Paris",
  "America/New_York",
  "Australia/Lord_Howe",
  "UTC",
  "Asia/Kolkata",
  "Pacific/Apia",
  "Africa/Cairo",
  "America/St_Johns",
  "Pacific/Kiritimati",
];
const anySchedule: fc.Arbitrary<WeeklySchedule> = fc.record({
  zone: fc.constantFrom(...zones),
  weekday: fc.integer({ min: 1, max: 7 }),
  hour: fc.integer({ min: 0, max: 23 }),
});
const changes = [
  "2026-03-29T01:00:00Z",
  "2026-10-25T01:00:00Z",
  "2026-03-08T07:00:00Z",
  "2026-11-01T06:00:00Z",
  "2026-10-03T15:30:00Z",
  "2026-04-04T15:00:00Z",
  "2026-04-23T22:00:00Z",
];
const nearChange = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -8 * 86_400_000, max: 8 * 86_400_000 }))
  .map(([at, ms]) => new Date(Date.parse(at) + ms));
// From February 2012: Samoa had no 30 December 2011 at all.
const anyMoment = fc.oneof(nearChange, fc.date({ min: new Date("2012-02-01T00:00:00Z"), max: new Date("2037-01-01T00:00:00Z"), noInvalidDate: true }));

const wall = (at: Date, zone: string): { weekday: string; hour: number; minute: number } => {
  const parts = new Map(
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { weekday: parts.get("weekday") ?? "", hour: Number(parts.get("hour")), minute: Number(parts.get("minute")) };
};
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

describe("for any schedule and moment", () => {
  test("the next run is after now, within eight days, on that weekday, and at that hour unless clocks skipped it", () => {
    fc.assert(
      fc.property(anySchedule, anyMoment, (it, now) => {
        const run = nextRun(now, it);
        expect(run > now && run.getTime() - now.getTime() <= 7 * 86_400_000 + 3_600_000).toBe(true);
        const shown = wall(run, it.zone);
        expect(shown.weekday).toBe(weekdays[it.weekday - 1]);
        if (shown.hour !== it.hour || shown.minute !== 0) {
          const before = wall(new Date(run.getTime() - 1), it.zone);
          expect(before.hour * 60 + before.minute).not.toBe(shown.hour * 60 + shown.minute - 1);
          expect(shown.hour * 60 + shown.minute).toBeGreaterThan(it.hour * 60);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("runs follow one another: the latest due one is at or before now, and the next after it is the next", () => {
    fc.assert(
      fc.property(anySchedule, anyMoment, (it, now) => {
        const latest = latestRun(now, it);
        expect(latest <= now).toBe(true);
        expect(nextRun(latest, it)).toEqual(nextRun(now, it));
        expect(latestRun(latest, it)).toEqual(latest);
      }),
      { numRuns: 500 },
    );
  });

  test("a run reports the week that has just ended, and successive runs' weeks meet without gap or overlap", () => {
    fc.assert(
      fc.property(anySchedule, anyMoment, (it, now) => {
        const run = nextRun(now, it);
        const week = lastFullWeek(run, it);
        expect(Date.parse(week.to) <= run.getTime() && run.getTime() - Date.parse(week.to) < 25 * 3_600_000).toBe(true);
        expect(week.days.map((day) => localDate(new Date(`${day}T12:00:00Z`), "UTC"))).toEqual(week.days);
        expect(localDate(new Date(week.from), it.zone)).toBe(week.days[0]);
        expect(localDate(new Date(Date.parse(week.to) - 1), it.zone)).toBe(week.days[6]);
        expect(lastFullWeek(nextRun(run, it), it).from).toBe(week.to);
        expect(weekBefore(week).to).toBe(week.from);
      }),
      { numRuns: 500 },
    );
  });
});
