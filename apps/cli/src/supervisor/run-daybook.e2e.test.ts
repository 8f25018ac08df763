import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isAlive, stopPostgres } from "@daybook/postgres-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readRunning } from "./running-file.ts";

const program = join(import.meta.dirname, "testing", "stub-start.ts");
const patience = { timeout: 30_000, interval: 25 };
let folder: string;
let port: number;
const starts: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "daybook-start-"));
  chmodSync(folder, 0o755);
  port = await freePort();
});

afterEach(async () => {
  for (const start of starts.splice(0)) start.kill("SIGKILL");
  await stopPostgres(join(folder, "postgres"));
  rmSync(folder, { recursive: true, force: true });
});

test("a start ends with the setup link, the data folder and how to stop, and a stop leaves nothing running", async () => {
  const first = start();
  await first.ready();
  expect(first.output()).toMatch(new RegExp(`Console +http://localhost:${port}/setup\\?token=\\S{24}`));
  expect(first.output()).toContain(folder);
  expect(first.output()).toMatch(/Stop +Ctrl-C/);
  expect(first.output()).toMatch(/api +warn {2}stub: listening/);
  const pids = [...childPids(), postgresPid()];
  expect(pids).toHaveLength(3);
  first.process.kill("SIGTERM");
  const [code] = (await once(first.process, "exit")) as [number];
  expect(code).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(readRunning(join(folder, "running.json"))).toBeNull();
});

test("a second start finds the first, says where it is, and ends well", async () => {
  const first = start();
  await first.ready();
  const second = start();
  const [code] = (await once(second.process, "exit")) as [number];
  expect(code).toBe(0);
  expect(second.output()).toContain(`already running (process ${first.process.pid})`);
  expect(second.output()).toContain(`http://localhost:${port}/setup?token=`);
  expect(await stub()).toBeTruthy();
});

test("two starts at the same moment are one start", async () => {
  const both = [start(), start()];
  await Promise.race(both.map((each) => once(each.process, "exit")));
  expect(both.filter((each) => each.process.exitCode === 0)).toHaveLength(1);
  expect(await stub()).toBeTruthy();
});

test("after kill -9 of a start, the next one finds the database and puts everything right", async () => {
  const first = start();
  await first.ready();
  const [before, database, children] = [await stub(), postgresPid(), childPids()];
  first.process.kill("SIGKILL");
  const second = start();
  await second.ready();
  expect(second.output()).toContain("left running by an earlier start");
  expect(postgresPid()).toBe(database);
  expect(children.filter(isAlive)).toEqual([]);
  const after = await stub();
  expect(after.pid).not.toBe(before.pid);
  expect(after.database).toBe(before.database);
});

test("a program that is killed comes back at the same address", async () => {
  const first = start();
  await first.ready();
  const before = await stub();
  process.kill(before.pid, "SIGKILL");
  await expect.poll(async () => (await stub().catch(() => before)).pid, patience).not.toBe(before.pid);
  expect(first.output()).toContain("was ended by SIGKILL");
});

test("a database server that is killed comes back at the same address", async () => {
  const first = start();
  await first.ready();
  const [before, { database }] = [postgresPid(), await stub()];
  process.kill(before, "SIGKILL");
  await expect.poll(() => postgresPid(), patience).not.toBe(before);
  await expect.poll(() => isAlive(postgresPid()), patience).toBe(true);
  expect((await stub()).database).toBe(database);
  expect(first.output()).toContain("The database server has ended. It starts again.");
});

test("a taken port moves on and says so", async () => {
  const other = createServer().listen(port, "127.0.0.1");
  try {
    const first = start();
    await first.ready();
    // The next one, or one behind it: on a busy machine that one may be somebody's too.
    const next = new RegExp(`Port ${port} is taken; using (\\d+)\\.`).exec(first.output())?.[1];
    expect(Number(next)).toBeGreaterThan(port);
    expect(first.output()).toContain(`http://localhost:${next}/setup`);
  } finally {
    other.close();
  }
});

test("with DATABASE_URL no server is started", async () => {
  const first = start({ DATABASE_URL: "postgres://someone:secret@db.example:5432/audit" });
  await first.ready();
  expect((await stub()).database).toBe("postgres://someone:secret@db.example:5432/audit");
  expect(first.output()).toContain("db.example:5432");
  expect(first.output()).not.toContain("secret");
  expect(() => postgresPid()).toThrow();
});

interface Started {
  process: ChildProcess;
  output: () => string;
  ready: () => Promise<void>;
}

function start(environment: Record<string, string> = {}): Started {
  const { DATABASE_URL: _notInherited, ...inherited } = process.env;
  const started = spawn(process.execPath, [program, folder], {
    env: { ...inherited, PORT: String(port), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  starts.push(started);
  let output = "";
  for (const stream of [started.stdout, started.stderr]) stream.setEncoding("utf8").on("data", (piece: string) => (output += piece));
  return {
    process: started,
    output: () => output,
    async ready() {
      await expect.poll(() => output, patience).toMatch(/Stop +Ctrl-C/);
    },
  };
}

async function stub(): Promise<{ pid: number; database: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return (await response.json()) as { pid: number; database: string };
}

function childPids(): number[] {
  return readRunning(join(folder, "running.json"))?.children.map(({ pid }) => pid) ?? [];
}

function postgresPid(): number {
  return Number(readFileSync(join(folder, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
}
