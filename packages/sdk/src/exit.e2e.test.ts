import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fakeDaybook } from "../test/fake-daybook.ts";
import type { FakeDaybook } from "../test/fake-daybook.ts";
import { testClient } from "../test/test-client.ts";

const program = fileURLToPath(new URL("../test/exiting-child.ts", import.meta.url));

let fake: FakeDaybook;
let folder: string;
beforeEach(async () => {
  fake = await fakeDaybook();
  folder = mkdtempSync(join(tmpdir(), "daybook-exit-"));
});
afterEach(async () => {
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

function ended(how: string, spool: string[] = []): Promise<{ code: number | null; signal: string | null }> {
  const child = spawn(process.execPath, [program, fake.url, how, ...spool], { stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((done) => child.once("close", (code, signal) => done({ code, signal })));
}

test.each([
  ["a program that closes the client has sent everything", "close", { code: 0, signal: null }, 3],
  ["a program that has nothing more to do has sent everything", "idle", { code: 0, signal: null }, 3],
  ["a program that wants no flush ends at once", "unflushed", { code: 0, signal: null }, 0],
  ["SIGTERM ends a program as it would have, after the flush", "signal", { code: null, signal: "SIGTERM" }, 3],
  ["SIGTERM waits for each of several clients, also for the one that takes longest", "signal-of-two", { code: null, signal: "SIGTERM" }, 3],
  ["a program with its own listener for SIGTERM ends when that one says so", "own-listener", { code: 7, signal: null }, 3],
  ["so does one whose listener listens once", "once-listener", { code: 7, signal: null }, 3],
])("%s", async (_promise, how, end, stored) => {
  expect(await ended(how)).toEqual(end);
  expect(fake.stored.size).toBe(stored);
});

test("process.exit() in the very turn that logged leaves the events in the spool", async () => {
  expect(await ended("exit", [folder])).toEqual({ code: 0, signal: null });
  expect(fake.stored.size).toBe(0);
  const heir = testClient({ url: fake.url, spoolFolder: folder });
  await heir.flush();
  await heir.close();
  expect(fake.stored.size).toBe(3);
});
