import { expect, test } from "vitest";
import { settingsFile } from "./settings.ts";

const gibibyte = 2 ** 30;

test("the product waits for the disk", () => {
  expect(settingsFile({ durable: true, memoryBytes: 24 * gibibyte })).not.toMatch(/fsync|synchronous_commit|full_page_writes/);
});

test("tests do not wait for the disk", () => {
  expect(settingsFile({ durable: false, memoryBytes: 24 * gibibyte })).toMatch(/^fsync = off$/m);
});

test.each([
  [24, "512MB"],
  [2, "256MB"],
  [0.1, "32MB"],
])("a machine with %s GiB gives %s to shared buffers", (gibibytes, expected) => {
  expect(settingsFile({ durable: true, memoryBytes: gibibytes * gibibyte })).toContain(`shared_buffers = ${expected}\n`);
});
