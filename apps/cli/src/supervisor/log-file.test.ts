import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openLogFile } from "./log-file.ts";

const folder = mkdtempSync(join(tmpdir(), "daybook-log-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lines are appended over starts, readable by their owner only", () => {
  const path = join(folder, "logs", "api.log");
  for (const word of ["first", "second"]) {
    const log = openLogFile(path);
    log.write(word);
    log.close();
  }
  expect(readFileSync(path, "utf8")).toBe("first\nsecond\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a log keeps the last 10 to 20 megabytes", () => {
  const path = join(folder, "logs", "api.log");
  const log = openLogFile(path);
  for (let line = 0; line < 320; line++) log.write("x".repeat(100_000));
  log.close();
  expect(statSync(path).size).toBeLessThan(10_200_000);
  expect(statSync(`${path}.old`).size).toBeLessThan(10_200_000);
});
