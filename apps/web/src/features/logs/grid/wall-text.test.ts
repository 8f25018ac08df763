import fc from "fast-check";
import { wallTime } from "@daybook/event";
import { expect, test } from "vitest";
import { clockText, dateText } from "../../../ui/zone-time.ts";
import { wallText } from "./wall-text.ts";

test("rows tell the time that every other place on the screen tells, in any zone and around every change of clocks", () => {
  const instants = fc.oneof(
    fc.integer({ min: Date.UTC(1972, 0), max: Date.UTC(2100, 0) }),
    // Paris goes forward, and Lord Howe half an hour back.
    fc.integer({ min: -7_200_000, max: 7_200_000 }).map((away) => Date.UTC(2026, 2, 29, 1) + away),
    fc.integer({ min: -7_200_000, max: 7_200_000 }).map((away) => Date.UTC(2026, 3, 4, 15) + away),
  );
  fc.assert(
    fc.property(instants, fc.constantFrom("UTC", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"), (instant, zone) => {
      const wall = wallTime(instant, zone);
      expect(wallText(new Date(instant).toISOString(), zone)).toBe(`${dateText(wall)} ${clockText(wall)}`);
    }),
    { numRuns: 2_000 },
  );
});

test("what is no time is shown as it is", () => {
  expect(wallText("soon", "UTC")).toBe("soon");
});
