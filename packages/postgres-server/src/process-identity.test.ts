import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { commandLine, isAlive, startMark } from "./process-identity.ts";

test("this process is alive, and a finished one is not", () => {
  const finished = spawnSync(process.execPath, ["--version"]);
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(finished.pid)).toBe(false);
});

test("a process keeps its mark while it runs, and its successor has another one", async () => {
  const first = spawn("sleep", ["30"]);
  const mark = startMark(first.pid ?? 0);
  expect(mark).toBe(startMark(first.pid ?? 0));
  expect(mark).not.toBe(startMark(process.pid));
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(startMark(first.pid ?? 0)).toBeNull();
});

test("a command line is read with its arguments", () => {
  expect(commandLine(process.pid)).toContain("node");
});

test("a zombie counts as gone", async () => {
  // The shell starts a child and becomes a program that never reaps it.
  const shell = spawn("sh", ["-c", "sleep 0.05 & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await once(shell.stdout, "data")) as [Buffer];
  const child = Number(line.toString());
  expect(isAlive(child)).toBe(true);
  await expect.poll(() => isAlive(child), { timeout: 5000 }).toBe(false);
  expect(process.kill(child, 0)).toBe(true);
  shell.kill("SIGKILL");
});
