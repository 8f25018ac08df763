import { describe, expect, test } from "vitest";
import { bounds, readOptions } from "./options.ts";
import type { DaybookOptions } from "./options.ts";

const valid = { url: "https://daybook.example.com", token: "db_token" };

test.each([
  ["https://daybook.example.com", "https://daybook.example.com/v1/events"],
  ["https://daybook.example.com/", "https://daybook.example.com/v1/events"],
  ["http://localhost:4747/audit/?x=1#y", "http://localhost:4747/audit/v1/events"],
])("events for %s go to %s", (url, endpoint) => {
  expect(readOptions({ ...valid, url }).endpoint).toBe(endpoint);
});

describe("a setting that cannot work is told when the client is made", () => {
  test.each<[string, Partial<Record<keyof DaybookOptions, unknown>>]>([
    ["url", { url: "daybook.example.com" }],
    ["url", { url: "ftp://daybook.example.com" }],
    ["url", { url: "https://user:password@daybook.example.com" }],
    ["token", { token: undefined }],
    ["token", { token: "" }],
    ["token", { token: "db token\r\nx: y" }],
    ["queueBytesMax", { queueBytesMax: 2_000 }],
    ...Object.entries(bounds).flatMap(([name, { least, most }]): [string, Record<string, unknown>][] => [
      [name, { [name]: least - 1 }],
      [name, { [name]: most + 1 }],
      [name, { [name]: NaN }],
    ]),
  ])("%s: %o", (name, options) => {
    expect(() => readOptions({ ...valid, ...options } as DaybookOptions)).toThrow(`\`${name}\``);
  });
});
