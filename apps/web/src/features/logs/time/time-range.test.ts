import fc from "fast-check";
import { expect, test } from "vitest";
import { rangeDates, rangeDays, rangeLabel, reachesNow, readRange, resolveRange } from "./time-range.ts";
import { stepRange, widenRange } from "./range-steps.ts";

const zone = "Europe/Paris";
const now = Date.parse("2026-11-20T12:00:00Z");

test("today is the local day, and it moves on at midnight", () => {
  expect(resolveRange({ range: "today" }, zone, Date.parse("2026-11-20T22:59:59Z"))).toEqual({ from: "2026-11-19T23:00:00.000Z" });
  expect(resolveRange({ range: "today" }, zone, Date.parse("2026-11-20T23:00:00Z"))).toEqual({ from: "2026-11-20T23:00:00.000Z" });
});

test("yesterday is the whole local day before, also when it had 25 hours", () => {
  expect(resolveRange({ range: "yesterday" }, zone, now)).toEqual({ from: "2026-11-18T23:00:00.000Z", to: "2026-11-19T23:00:00.000Z" });
  expect(resolveRange({ range: "yesterday" }, zone, Date.parse("2026-10-26T12:00:00Z"))).toEqual({
    from: "2026-10-24T22:00:00.000Z",
    to: "2026-10-25T23:00:00.000Z",
  });
});

test("thirty days back over the end of summer time begins at a local midnight", () => {
  expect(resolveRange({ range: "30d" }, zone, now)).toEqual({ from: "2026-10-21T22:00:00.000Z" });
});

test("hours begin at a quarter, so that the list is not asked for again with every tick of the clock", () => {
  const at = (time: string) => resolveRange({ range: "3h" }, zone, Date.parse(`2026-11-20T${time}Z`));
  expect(at("12:00:00")).toEqual({ from: "2026-11-20T09:00:00.000Z" });
  expect(at("12:14:59")).toEqual(at("12:00:00"));
  expect(at("12:15:00")).toEqual({ from: "2026-11-20T09:15:00.000Z" });
});

test("nothing chosen is all time, fixed instants stay as they are", () => {
  expect(resolveRange({}, zone, now)).toEqual({});
  const fixed = { from: "2026-01-01T00:00:00.000Z", to: "2026-02-01T00:00:00.000Z" };
  expect(resolveRange(fixed, zone, now)).toEqual(fixed);
});

test.each(["0d", "-1d", "1.5d", "d", "99999d", "7", "", "0h", "721h", "3m", "Yesterday"])("%j is not a range", (range) => {
  expect(readRange(range)).toBeNull();
  expect(rangeDays(range)).toBeNull();
});

test("only a range that is open, or ends in the future, can be followed live", () => {
  expect(reachesNow({ range: "7d" }, now)).toBe(true);
  expect(reachesNow({ range: "3h" }, now)).toBe(true);
  expect(reachesNow({ range: "yesterday" }, now)).toBe(false);
  expect(reachesNow({ from: "2026-01-01T00:00:00.000Z" }, now)).toBe(true);
  expect(reachesNow({ to: "2026-01-01T00:00:00.000Z" }, now)).toBe(false);
});

test("each choice has its words", () => {
  const day = (iso: string) => iso.slice(0, 10);
  const choices = [
    { range: "today" },
    { range: "yesterday" },
    { range: "14d" },
    { range: "1d" },
    { range: "3h" },
    {},
    { from: "2026-01-01" },
    { from: "2026-01-01", to: "2026-02-01" },
  ];
  expect(choices.map((choice) => rangeLabel(choice, day))).toEqual([
    "Today",
    "Yesterday",
    "Last 14 days",
    "Last 1 day",
    "Last 3 hours",
    "All time",
    "Since 2026-01-01",
    "2026-01-01 – 2026-02-01",
  ]);
});

test.each([
  [{ range: "today" }, zone, "20 Nov"],
  [{ range: "yesterday" }, zone, "19 Nov"],
  [{ range: "7d" }, zone, "14 Nov – now"],
  // The same range, told by another clock: the moments stay, their names move.
  [{ range: "7d" }, "UTC", "13 Nov 23:00 – now"],
  [{ range: "yesterday" }, "UTC", "18 Nov 23:00 – 19 Nov 23:00"],
  [{ from: "2025-12-30T23:00:00.000Z", to: "2026-01-02T23:00:00.000Z" }, zone, "31 Dec 2025 – 2 Jan"],
  [{ from: "2026-11-20T10:00:00.000Z", to: "2026-11-20T10:30:05.000Z" }, zone, "20 Nov 11:00 – 20 Nov 11:30:05"],
  [{ to: "2026-11-19T23:00:00.000Z" }, zone, "before 20 Nov"],
  [{}, zone, ""],
])("the dates of %j in %s are told as %j", (choice, shown, words) => {
  expect(rangeDates(resolveRange(choice, zone, now), shown, now)).toBe(words);
});

test("a step back and forth ends where it began, over clock changes too", () => {
  expect(stepRange({ range: "today" }, -1, zone, now)).toEqual({ range: "yesterday" });
  expect(stepRange({ range: "yesterday" }, 1, zone, now)).toEqual({ range: "today" });
  // Seven days with a 25-hour day among them are followed by seven days.
  const week = { from: "2026-10-18T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z" };
  expect(stepRange(week, 1, zone, now)).toEqual({ from: "2026-10-25T23:00:00.000Z", to: "2026-11-01T23:00:00.000Z" });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 60 }), (daysAgo, days) => {
      const at = (count: number) => resolveRange({ range: "today" }, zone, now - count * 86_400_000).from ?? "";
      const choice = { from: at(daysAgo + days), to: at(daysAgo) };
      const back = stepRange(choice, -1, zone, now);
      const again = back && stepRange(back, 1, zone, now);
      expect(again && resolveRange(again, zone, now)).toEqual(choice);
    }),
  );
});

test("there is no step beyond now, and none by all time", () => {
  expect(stepRange({ range: "today" }, 1, zone, now)).toBeNull();
  expect(stepRange({ range: "7d" }, 1, zone, now)).toBeNull();
  expect(stepRange({ range: "3h" }, 1, zone, Date.parse(resolveRange({ range: "3h" }, zone, now).from ?? "") + 3 * 3_600_000)).toBeNull();
  expect(stepRange({}, -1, zone, now)).toBeNull();
  expect(widenRange({}, zone, now)).toBeNull();
});

test("zooming out doubles: days and hours by their count, fixed instants around their middle, never beyond now", () => {
  expect(widenRange({ range: "7d" }, zone, now)).toEqual({ range: "14d" });
  expect(widenRange({ range: "today" }, zone, now)).toEqual({ range: "2d" });
  expect(widenRange({ range: "3h" }, zone, now)).toEqual({ range: "6h" });
  expect(widenRange({ range: "3650d" }, zone, now)).toBeNull();
  expect(widenRange({ from: "2026-11-01T10:00:00.000Z", to: "2026-11-01T12:00:00.000Z" }, zone, now)).toEqual({
    from: "2026-11-01T09:00:00.000Z",
    to: "2026-11-01T13:00:00.000Z",
  });
  expect(widenRange({ from: "2026-11-20T10:00:00.000Z", to: "2026-11-20T12:00:00.000Z" }, zone, now)).toEqual({
    from: "2026-11-20T08:00:00.000Z",
    to: "2026-11-20T12:00:00.000Z",
  });
  expect(widenRange({ from: "2026-11-20T10:00:00.000Z" }, zone, now)).toEqual({ from: "2026-11-20T08:00:00.000Z" });
});
