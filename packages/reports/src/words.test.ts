import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean, comparison, momentLabel, periodLabel, plural, subjectLine, weekdayName } from "./words.ts";
import { lastFullWeek } from "./period.ts";

describe("foreign text", () => {
  test.each([
    ["line\r\nbreaks\tand\u0000others\u0085are\u2028spaces", "line breaks and others are spaces"],
    ["evil\u202Egnp.exe\u2066x\u200F", "evilgnp.exex"],
    ["  wide   gaps  ", "wide gaps"],
    ["half \ud83e pair", "half \ufffd pair"],
    ["Zoë 李小龍 🦊", "Zoë 李小龍 🦊"],
  ])("%j becomes %j", (foreign, safe) => {
    expect(clean(foreign)).toBe(safe);
  });

  test("is one line of bounded length, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (foreign, lengthMax) => {
        const safe = clean(foreign, lengthMax);
        expect([...safe].length).toBeLessThanOrEqual(lengthMax);
        expect(safe).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u);
        expect(safe.isWellFormed()).toBe(true);
      }),
    );
  });

  test("in a subject cannot begin another header", () => {
    expect(subjectLine("49 failures\r\nBcc: spy@evil.example")).toBe("49 failures Bcc: spy@evil.example");
    expect([...subjectLine("x".repeat(999))]).toHaveLength(160);
  });
});

test.each([
  [112, 100, 12, "▲ 12 % · was 100"],
  [88, 100, -12, "▼ 12 % · was 100"],
  [100, 100, 0, "= unchanged"],
  [0, 0, null, "= unchanged"],
  [3, 0, null, "▲ 3 · was 0"],
  [1, 4, -75, "▼ 3 · was 4"],
  [0, 1234, -100, "▼ 100 % · was 1,234"],
])("%i against %i reads right", (now, before, percent, expected) => {
  expect(comparison({ now, before, percent })).toBe(expected);
});

test("one is singular, everything else is not", () => {
  expect([0, 1, 2, 1204].map((count) => plural(count, "event"))).toEqual(["0 events", "1 event", "2 events", "1,204 events"]);
});

test.each([
  ["2026-11-23T07:00:00Z", "16–22 Nov 2026"],
  ["2026-12-07T07:00:00Z", "30 Nov – 6 Dec 2026"],
  ["2027-01-04T07:00:00Z", "28 Dec 2026 – 3 Jan 2027"],
])("the week before %s is %s", (now, label) => {
  expect(periodLabel(lastFullWeek(new Date(now), { weekday: 1, zone: "Europe/Paris" }))).toBe(label);
});

test("moments and days are told as the zone's clocks and calendars tell them", () => {
  expect(momentLabel("2026-11-16T22:41:07.120Z", "Europe/Paris")).toBe("Mon 16 Nov 2026, 23:41:07");
  expect(momentLabel("2026-11-16T23:00:00.000Z", "Europe/Paris")).toBe("Tue 17 Nov 2026, 00:00:00");
  expect(weekdayName("2026-11-16")).toBe("Mon");
});
