import fc from "fast-check";
import { expect, test } from "vitest";
import { readMoment, readRangeText } from "./time-text.ts";
import { readRange, type RangeChoice } from "./time-range.ts";

const clock = { zone: "Europe/Paris", now: Date.parse("2026-11-20T12:03:10Z") };
const choice = (text: string) => {
  const read = readRangeText(text, clock);
  return "choice" in read ? read.choice : read.problem;
};

test.each([
  ["last 3 h", "3h"],
  ["Last 3 hours", "3h"],
  ["3h", "3h"],
  ["last hour", "1h"],
  ["past 2 weeks", "14d"],
  ["last 7 days", "7d"],
  ["14 d", "14d"],
  ["today", "today"],
  ["  Yesterday ", "yesterday"],
])("“%s” is the range %s, resolved when it is used", (text, range) => {
  expect(choice(text)).toEqual({ range });
});

test.each([
  ["12 jun", "2026-06-11T22:00:00.000Z", "2026-06-12T22:00:00.000Z"],
  ["jun 12th", "2026-06-11T22:00:00.000Z", "2026-06-12T22:00:00.000Z"],
  ["12 June 2024", "2024-06-11T22:00:00.000Z", "2024-06-12T22:00:00.000Z"],
  ["2024-06-12", "2024-06-11T22:00:00.000Z", "2024-06-12T22:00:00.000Z"],
  ["12.6.2024", "2024-06-11T22:00:00.000Z", "2024-06-12T22:00:00.000Z"],
  // A day that is still to come this year is the one of last year.
  ["24 dec", "2025-12-23T23:00:00.000Z", "2025-12-24T23:00:00.000Z"],
  // The day that the clocks go forward has 23 hours.
  ["29 mar", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
  ["jun 2024", "2024-05-31T22:00:00.000Z", "2024-06-30T22:00:00.000Z"],
  ["2024-02", "2024-01-31T23:00:00.000Z", "2024-02-29T23:00:00.000Z"],
  ["2024", "2023-12-31T23:00:00.000Z", "2024-12-31T23:00:00.000Z"],
])("“%s” is whole days of the zone: %s to %s", (text, from, to) => {
  expect(choice(text)).toEqual({ from, to });
});

test.each([
  ["2024-06-12 14:30", "2024-06-12T12:00:00.000Z", "2024-06-12T13:00:00.000Z"],
  ["2024-06-12T14:30:00Z", "2024-06-12T14:00:00.000Z", "2024-06-12T15:00:00.000Z"],
  ["2024-06-12T14:30:00+05:30", "2024-06-12T08:30:00.000Z", "2024-06-12T09:30:00.000Z"],
  ["1718202600", "2024-06-12T14:00:00.000Z", "2024-06-12T15:00:00.000Z"],
  ["yesterday 9:00", "2026-11-19T07:30:00.000Z", "2026-11-19T08:30:00.000Z"],
  ["12 jun 14:30", "2026-06-12T12:00:00.000Z", "2026-06-12T13:00:00.000Z"],
])("a moment alone, “%s”, is half an hour before and after it", (text, from, to) => {
  expect(choice(text)).toEqual({ from, to });
});

test.each([
  ["12 jun to 14 jun", { from: "2026-06-11T22:00:00.000Z", to: "2026-06-14T22:00:00.000Z" }],
  ["2024-06-12 – 2024-06-13", { from: "2024-06-11T22:00:00.000Z", to: "2024-06-13T22:00:00.000Z" }],
  ["2024-06-12 14:30 → 2024-06-12 15:00", { from: "2024-06-12T12:30:00.000Z", to: "2024-06-12T13:00:00.000Z" }],
  ["since yesterday", { from: "2026-11-18T23:00:00.000Z" }],
  ["since 3 h ago", { from: "2026-11-20T09:03:10.000Z" }],
  ["before 12 jun", { to: "2026-06-11T22:00:00.000Z" }],
  ["until 12 jun", { to: "2026-06-12T22:00:00.000Z" }],
  ["last 15 min", { from: "2026-11-20T11:48:00.000Z" }],
  ["all time", {}],
])("“%s” has the ends it names", (text, expected) => {
  expect(choice(text)).toEqual(expected);
});

test.each([
  ["0 days", "whole number, from 1"],
  ["-1 d", "whole number, from 1"],
  ["1.5 h", "whole number, from 1"],
  ["last 99999 days", "At most 3650 days"],
  ["last 1000 h", "write days instead"],
  ["6/12/2024", "reads differently in different countries"],
  ["31 feb", "is not a time"],
  ["14 jun to 12 jun", "The end is not after the start"],
  ["12 jun to teatime", "“teatime” is not a time"],
  ["25:00", "is not a time"],
  ["", "Try “last 3 h”"],
  ["mare", "is not a time"],
])("“%s” is refused with words", (text, words) => {
  expect(choice(text)).toContain(words);
});

test("what a day is depends on the zone, what an offset names does not", () => {
  const inKolkata = { ...clock, zone: "Asia/Kolkata" };
  expect(readMoment("2024-06-12", inKolkata)?.from).toBe(Date.parse("2024-06-11T18:30:00Z"));
  expect(readMoment("2024-06-12T00:00Z", inKolkata)?.from).toBe(readMoment("2024-06-12T00:00Z", clock)?.from);
});

test("whatever is typed, the answer is a range that can be resolved or a sentence", () => {
  const piece = fc.constantFrom("last", "3", "h", "jun", "12", "2024", "-", "to", "since", "14:30", "z", ".", "0", "99999", "yesterday", "ago", "\u0000", "é");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(" ")),
      ),
      (text) => {
        const read = readRangeText(text, clock);
        const { range, from, to } = "choice" in read ? read.choice : ({} as RangeChoice);
        if ("problem" in read) expect(read.problem).toMatch(/\.$/);
        if (range !== undefined) expect(readRange(range)).not.toBeNull();
        if (from !== undefined && to !== undefined) expect(Date.parse(from)).toBeLessThan(Date.parse(to));
      },
    ),
  );
});
