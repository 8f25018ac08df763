import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimFolder, markOf, readRunning, stillRuns } from "./running-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "daybook-running-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the second to come learns who was first, and where the console is", () => {
  const first = claimFolder(folder);
  if (!("claim" in first)) throw new Error("the folder was free");
  first.claim.update({ console: { url: "http://localhost:1", local: "http://127.0.0.1:1" } });
  expect(claimFolder(folder)).toMatchObject({ other: { pid: process.pid, console: { url: "http://localhost:1" } } });
  first.claim.release();
  expect(claimFolder(folder)).toHaveProperty("claim");
});

test("a claim of a process that is gone is taken over, with the programs it left running", () => {
  const gone = spawnSync(process.execPath, ["--version"]).pid;
  const left = spawn("sleep", ["30"], { detached: true });
  const child = markOf(left.pid ?? 0);
  writeClaim({ pid: gone, mark: "1", console: null, children: [child, { pid: gone, mark: "1" }] });
  expect(claimFolder(folder)).toMatchObject({ claim: { leftovers: [child] } });
  left.kill("SIGKILL");
});

test("a claim whose number belongs to another process now counts for nothing", () => {
  writeClaim({ pid: process.pid, mark: "of an earlier life", console: null, children: [] });
  expect(claimFolder(folder)).toHaveProperty("claim");
});

test("an unreadable claim counts for nothing", () => {
  writeFileSync(join(folder, "running.json"), "{ half");
  expect(claimFolder(folder)).toHaveProperty("claim");
});

test("nothing but the claim is left lying around", () => {
  writeClaim({ pid: 999_999_999, mark: null, console: null, children: [] });
  claimFolder(folder);
  expect(readdirSync(folder)).toEqual(["running.json"]);
  expect(stillRuns(readRunning(join(folder, "running.json")) ?? { pid: 0, mark: null })).toBe(true);
});

function writeClaim(claim: object): void {
  writeFileSync(join(folder, "running.json"), JSON.stringify(claim));
}
