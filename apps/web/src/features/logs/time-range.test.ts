import { expect, test } from "vitest";
import { rangeDays, rangeLabel, reachesNow, resolveRange } from "./time-range.ts";

const zone = "Europe/Paris";
const now = Date.parse("2026-11-20T12:00:00Z");

test("today is the local day, and it moves on at midnight", () => {
  expect(resolveRange({ range: "today" }, zone, Date.parse("2026-11-20T22:59:59Z"))).toEqual({ from: "2026-11-19T23:00:00.000Z" });
  expect(resolveRange({ range: "today" }, zone, Date.parse("2026-11-20T23:00:00Z"))).toEqual({ from: "2026-11-20T23:00:00.000Z" });
});

test("thirty days back over the end of summer time begins at a local midnight", () => {
  expect(resolveRange({ range: "30d" }, zone, now)).toEqual({ from: "2026-10-21T22:00:00.000Z" });
});

test("nothing chosen is all time, fixed instants stay as they are", () => {
  expect(resolveRange({}, zone, now)).toEqual({});
  const fixed = { from: "2026-01-01T00:00:00.000Z", to: "2026-02-01T00:00:00.000Z" };
  expect(resolveRange(fixed, zone, now)).toEqual(fixed);
});

test.each(["0d", "-1d", "1.5d", "d", "99999d", "yesterday", "7", ""])("%j is not a range", (range) => {
  expect(rangeDays(range)).toBeNull();
});

test("only a range that is open, or ends in the future, can be followed live", () => {
  expect(reachesNow({ range: "7d" }, now)).toBe(true);
  expect(reachesNow({ from: "2026-01-01T00:00:00.000Z" }, now)).toBe(true);
  expect(reachesNow({ to: "2026-01-01T00:00:00.000Z" }, now)).toBe(false);
});

test("each choice has its words", () => {
  const day = (iso: string) => iso.slice(0, 10);
  expect(
    [{ range: "today" }, { range: "14d" }, {}, { from: "2026-01-01" }, { from: "2026-01-01", to: "2026-02-01" }].map((choice) => rangeLabel(choice, day)),
  ).toEqual(["Today", "Last 14 days", "All time", "Since 2026-01-01", "2026-01-01 – 2026-02-01"]);
});
