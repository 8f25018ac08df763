import { expect, test } from "vitest";
import { dayAfter, dayOf, endOfDay, startOf } from "./grant-days.ts";

test("a day is the organization's day, also where the clocks change", () => {
  expect(startOf("2026-11-21", "Europe/Paris")).toBe("2026-11-20T23:00:00.000Z");
  expect(endOfDay("2026-11-21", "Europe/Paris")).toBe("2026-11-21T23:00:00.000Z");
  expect(endOfDay("2026-03-29", "Europe/Paris")).toBe("2026-03-29T22:00:00.000Z");
  expect(dayOf("2026-11-20T23:00:00.000Z", "Europe/Paris")).toBe("2026-11-21");
});

test("days go on over the end of a month and of a year", () => {
  expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  expect(dayAfter("2026-11-21", 366)).toBe("2027-11-22");
});
