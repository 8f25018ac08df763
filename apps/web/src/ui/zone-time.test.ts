import { wallTime } from "@daybook/event";
import { expect, test } from "vitest";
import { instantOf, instantOfInput, inputText, offsetName, startOfDay } from "./zone-time.ts";

const at = (iso: string) => Date.parse(iso);
const hour = 3_600_000;

test.each([
  ["2026-03-29T12:00:00Z", "Europe/Paris", 23],
  ["2026-10-25T12:00:00Z", "Europe/Paris", 25],
  ["2026-06-12T12:00:00Z", "Europe/Paris", 24],
  ["2026-11-01T18:00:00Z", "America/New_York", 25],
  ["2026-06-12T12:00:00Z", "Asia/Kolkata", 24],
])("the local day of %s in %s has %i hours", (noon, zone, hours) => {
  expect((startOfDay(at(noon), zone, 1) - startOfDay(at(noon), zone)) / hour).toBe(hours);
});

test("an hour that happens twice is its first, an hour that is skipped is the moment after it", () => {
  const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
  expect(instantOf(twice, "Europe/Paris")).toBe(at("2026-10-25T00:30:00Z"));
  const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
  expect(instantOf(skipped, "Europe/Paris")).toBe(at("2026-03-29T01:30:00Z"));
});

test("a day whose midnight does not exist starts when its clock does", () => {
  // Beirut moves from 00:00 to 01:00.
  expect(startOfDay(at("2026-03-29T12:00:00Z"), "Asia/Beirut")).toBe(at("2026-03-28T22:00:00Z"));
});

test("a day later crosses the end of a year", () => {
  expect(new Date(startOfDay(at("2026-12-31T12:00:00Z"), "UTC", 1)).toISOString()).toBe("2027-01-01T00:00:00.000Z");
});

test.each(["Europe/Paris", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC"])(
  "every quarter of an hour of a year survives the way to a wall clock in %s and back",
  (zone) => {
    for (let instant = at("2026-01-01T00:00:00Z"); instant < at("2027-01-01T00:00:00Z"); instant += hour * 7.25) {
      const back = instantOf(wallTime(instant, zone), zone);
      // The second of two equal hours comes back as the first.
      expect([0, hour, hour / 2]).toContain(instant - back);
    }
  },
);

test("what the custom range shows is what it reads", () => {
  const instant = at("2026-06-12T12:30:00Z");
  expect(inputText(instant, "Europe/Paris")).toBe("2026-06-12T14:30");
  expect(instantOfInput("2026-06-12T14:30", "Europe/Paris")).toBe(instant);
  expect(instantOfInput("12 June", "Europe/Paris")).toBeNull();
});

test("offsets are named as people write them", () => {
  expect(offsetName(at("2026-01-01T00:00:00Z"), "Europe/Paris")).toBe("UTC+1");
  expect(offsetName(at("2026-01-01T00:00:00Z"), "America/St_Johns")).toBe("UTC−3:30");
  expect(offsetName(at("2026-01-01T00:00:00Z"), "UTC")).toBe("UTC");
});
