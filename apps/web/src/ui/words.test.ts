import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { readApiError } from "./api-error.ts";
import { matching } from "./combobox.tsx";
import { duration, plural, shortNumber } from "./numbers.ts";
import { relativeTime } from "./relative-time.ts";

const failed = (data: object, message = "boom") => new TRPCClientError(message, { result: { error: { message, code: -1, data } } as never });

test("a refusal speaks for itself; a broken server does not show its insides", () => {
  expect(readApiError(failed({ httpStatus: 409, requestId: "r_1", refusal: { code: "conflict", message: "A run is going on." } }))).toEqual({
    message: "A run is going on.",
    code: "conflict",
    httpStatus: 409,
    requestId: "r_1",
  });
  expect(readApiError(failed({ httpStatus: 500, requestId: "r_2" }, 'relation "events" does not exist'))).toMatchObject({
    message: "The server could not answer this request.",
    requestId: "r_2",
  });
  expect(readApiError(new TRPCClientError("Failed to fetch"))).toMatchObject({ code: "offline", httpStatus: 0 });
});

test("numbers are exact below ten thousand", () => {
  expect([shortNumber(9999), shortNumber(12_408), shortNumber(8_412_077)]).toEqual(["9,999", "12.4K", "8.4M"]);
  expect([plural(1, "event"), plural(0, "event"), plural(1204, "event")]).toEqual(["1 event", "0 events", "1,204 events"]);
});

test("durations use the unit that fits", () => {
  expect([245, 1200, 42_000, 252_000, 7_380_000, 266_400_000].map(duration)).toEqual(["245 ms", "1.2 s", "42 s", "4 m 12 s", "2 h 3 m", "3 d 2 h"]);
});

test("relative times", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  expect([0, -180_000, -86_400_000, 7_200_000].map((ms) => relativeTime(now + ms, now))).toEqual(["just now", "3 minutes ago", "yesterday", "in 2 hours"]);
  expect([-40_000, 29_000, 90_000].map((ms) => relativeTime(now + ms, now))).toEqual(["40 seconds ago", "just now", "in 1 minute"]);
});

test("a time zone is found by its words in any order", () => {
  expect(matching(["America/New_York", "Europe/Paris"], "york new")).toEqual(["America/New_York"]);
  expect(matching(["America/New_York", "Europe/Paris"], "eur")).toEqual(["Europe/Paris"]);
});
