import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLossless } from "./lossless-json.ts";
import { parseTime } from "./parse-time.ts";

describe("every form of time that real records hold is read", () => {
  test.each([
    ["ISO with Z", "2021-11-29T18:56:40Z", "2021-11-29T18:56:40.000Z"],
    ["ISO with 1 fraction digit", "2021-11-29T18:56:40.5Z", "2021-11-29T18:56:40.500Z"],
    ["ISO with 3 fraction digits", "2021-11-29T18:56:40.014Z", "2021-11-29T18:56:40.014Z"],
    ["ISO with 6 fraction digits", "2026-08-10T07:03:39.506774Z", "2026-08-10T07:03:39.506Z"],
    ["ISO with 7 fraction digits", "2024-03-01T10:00:00.1234567Z", "2024-03-01T10:00:00.123Z"],
    ["ISO with 9 fraction digits", "2024-08-01T13:56:39.482702201Z", "2024-08-01T13:56:39.482Z"],
    ["ISO with an offset", "2026-08-10T07:03:29.768898+00:00", "2026-08-10T07:03:29.768Z"],
    ["ISO with an offset that crosses a day", "2024-01-01T01:00:00+05:30", "2023-12-31T19:30:00.000Z"],
    ["ISO with a negative offset without colon", "2024-01-01T01:00:00-0800", "2024-01-01T09:00:00.000Z"],
    ["ISO without a zone, which is UTC", "2022-12-12T19:31:41", "2022-12-12T19:31:41.000Z"],
    ["a space and no zone", "2023-01-10 21:04:02", "2023-01-10T21:04:02.000Z"],
    ["a space and Z", "2021-05-20 15:53:47Z", "2021-05-20T15:53:47.000Z"],
    ["a space and 9 fraction digits", "2024-06-03 15:23:22.000000000", "2024-06-03T15:23:22.000Z"],
    ["a space and the word UTC", "2024-06-03 15:23:22 UTC", "2024-06-03T15:23:22.000Z"],
    ["a leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["a date alone", "2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["space around it", " 2024-02-29T00:00:00Z ", "2024-02-29T00:00:00.000Z"],
    ["epoch seconds", 1621305118, "2021-05-18T02:31:58.000Z"],
    ["epoch milliseconds", 1621305118553, "2021-05-18T02:31:58.553Z"],
    ["epoch microseconds", 1621305118553123, "2021-05-18T02:31:58.553Z"],
    ["a float of seconds", 1621305118.553, "2021-05-18T02:31:58.553Z"],
    ["a float of milliseconds", 1621305118553.7, "2021-05-18T02:31:58.553Z"],
    ["digits of seconds in a text", "1621305118", "2021-05-18T02:31:58.000Z"],
    ["digits of milliseconds in a text", "1621305118553", "2021-05-18T02:31:58.553Z"],
    ["a decimal in a text", "1621305118.553", "2021-05-18T02:31:58.553Z"],
  ])("%s", (_form, value, expected) => {
    expect(parseTime(value)).toBe(expected);
  });

  test("nanoseconds that a double would round", () => {
    expect(parseTime(parseLossless("1621305118553123457"))).toBe("2021-05-18T02:31:58.553Z");
  });
});

test.each([
  undefined,
  null,
  "",
  " ",
  "redacted",
  "null",
  "0",
  0,
  -1,
  12,
  2024,
  true,
  "2023-13-01",
  "2023-02-30T00:00:00Z",
  "2023-01-01T24:00:00Z",
  "2023-01-01T00:60:00Z",
  "2023-01-01T00:00:00+25:00",
  "0001-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "9999-12-31T23:59:59-01:00",
  "Jul 30, 2024 9:53:13 PM",
  "20230110",
  {},
  [],
  Number.MAX_VALUE,
])("%j is no time", (value) => {
  expect(parseTime(value)).toBeNull();
});

test("any instant comes back from any zone to the millisecond", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1971-01-01T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      fc.constantFrom("T", " "),
      (date, offset, separator) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1).replace("T", separator);
        const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
        const minutes = String(Math.abs(offset) % 60).padStart(2, "0");
        expect(parseTime(`${local}${offset < 0 ? "-" : "+"}${hours}:${minutes}`)).toBe(date.toISOString());
      },
    ),
  );
});

test("no JSON value makes it throw or give anything but ISO in UTC", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const time = parseTime(value as never);
      if (time !== null) expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    }),
  );
});
