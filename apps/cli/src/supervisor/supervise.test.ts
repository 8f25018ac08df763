import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { isAlive } from "@daybook/postgres-server";
import { afterEach, expect, test } from "vitest";
import { type Listener, type Service, type Supervised, supervise } from "./supervise.ts";

const program = join(import.meta.dirname, "testing", "stub-service.ts");
const running: Supervised[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

test("a program that is killed runs again, as another process", async () => {
  const seen = watch("idle");
  await expect.poll(() => seen.lines.length, patience).toBe(1);
  process.kill(seen.pids[0] ?? 0, "SIGKILL");
  await expect.poll(() => seen.lines.length, patience).toBe(2);
  expect(seen.pids[1]).not.toBe(seen.pids[0]);
  expect(seen.ends).toEqual(["was ended by SIGKILL"]);
});

test("a program that cannot start is tried again and again, and what it said is passed on", async () => {
  const seen = watch("fail");
  await expect.poll(() => seen.supervised.endedInARow(), patience).toBeGreaterThanOrEqual(3);
  expect(seen.ends[0]).toBe("ended with code 3");
  expect(seen.lines).toContain("stub: cannot start");
  expect(seen.delays.slice(0, 3)).toEqual([200, 400, 800]);
});

test("stop lets a program finish and does not start it again", async () => {
  const seen = watch("slow", { PORT: "0" });
  await expect.poll(() => seen.lines.some((line) => line.includes("listening")), patience).toBe(true);
  await seen.supervised.stop();
  expect(seen.lines.at(-1)).toContain("leaving");
  expect(isAlive(seen.pids[0] ?? 0)).toBe(false);
  expect(seen.pids).toHaveLength(1);
});

test("a program that does not listen is ended after its time", async () => {
  const seen = watch("deaf", {}, 200);
  await expect.poll(() => seen.lines.length, patience).toBe(1);
  await seen.supervised.stop();
  expect(isAlive(seen.pids[0] ?? 0)).toBe(false);
});

test("stop during the pause before a restart ends at once", async () => {
  const seen = watch("fail");
  await expect.poll(() => seen.supervised.endedInARow(), patience).toBeGreaterThanOrEqual(2);
  const count = seen.pids.length;
  await seen.supervised.stop();
  expect(seen.pids).toHaveLength(count);
});

test("a program without a file to run is reported, not thrown", async () => {
  const seen = watch("idle", {}, 1000, "/no/such/folder");
  await expect.poll(() => seen.ends.length, patience).toBeGreaterThanOrEqual(1);
  expect(seen.ends[0]).toMatch(/could not start/);
});

test("when the supervisor is killed, its programs leave by themselves", async () => {
  const source = `
    import { supervise } from ${JSON.stringify(join(import.meta.dirname, "supervise.ts"))};
    const service = { name: "stub", run: [${JSON.stringify(program)}, "idle"], cwd: "/", environment: () => process.env };
    supervise(service, { line: () => {}, started: (_, pid) => console.log(pid), ended: () => {} });`;
  const supervisor = spawn(process.execPath, ["--input-type=module-typescript", "--eval", source], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = (await once(supervisor.stdout, "data")) as [Buffer];
  const child = Number(printed.toString());
  expect(isAlive(child)).toBe(true);
  supervisor.kill("SIGKILL");
  await expect.poll(() => isAlive(child), patience).toBe(false);
});

const patience = { timeout: 10_000, interval: 20 };

interface Seen {
  supervised: Supervised;
  pids: number[];
  lines: string[];
  ends: string[];
  delays: number[];
}

function watch(mode: string, environment: Record<string, string> = {}, stopMs = 5000, cwd = import.meta.dirname): Seen {
  const seen: Omit<Seen, "supervised"> = { pids: [], lines: [], ends: [], delays: [] };
  const service: Service = { name: mode, run: [program, mode], cwd, environment: () => ({ ...process.env, ...environment }) };
  const listener: Listener = {
    line: (_service, line) => seen.lines.push(line),
    started: (_service, pid) => seen.pids.push(pid),
    ended: (_service, how, delayMs) => {
      seen.ends.push(how);
      seen.delays.push(delayMs);
    },
  };
  const supervised = supervise(service, listener, stopMs);
  running.push(supervised);
  return { ...seen, supervised };
}
