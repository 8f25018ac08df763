import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, type Month, monthEnd, monthOf, monthStart } from "./month.ts";

describe("a month", () => {
  test.each<[string, Month]>([
    ["2026-10-31T23:59:59.999Z", "2026-10"],
    ["2026-11-01T00:00:00.000Z", "2026-11"],
    // Already November in Sydney and still October in New York; the partition is UTC's.
    ["2026-11-01T01:30:00.000+02:00", "2026-10"],
    ["2026-12-31T23:30:00.000-01:00", "2027-01"],
  ])("of %s is %s", (instant, month) => {
    expect(monthOf(new Date(instant))).toBe(month);
  });

  test("ends where the next begins, across years and leap days", () => {
    expect(monthEnd("2026-12").toISOString()).toBe("2027-01-01T00:00:00.000Z");
    expect(monthEnd("2028-02").toISOString()).toBe("2028-03-01T00:00:00.000Z");
    expect(addMonths("2026-11", 14)).toBe("2028-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
  });

  test("holds exactly the instants from its start to before its end", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true }), (instant) => {
        const month = monthOf(instant);
        expect(monthStart(month) <= instant && instant < monthEnd(month)).toBe(true);
        expect(monthStart(addMonths(month, 1))).toEqual(monthEnd(month));
      }),
    );
  });

  test("is never read from something else", () => {
    expect(() => monthStart("2026-13")).toThrow(RangeError);
    expect(() => monthStart("2026-1")).toThrow(RangeError);
  });
});
