import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../packages/postgres-server/src/index.ts";
import { privatePostgres } from "../packages/testkit/src/index.ts";

/** What the image holds, assembled by the script the image uses, run far away from any node_modules. */
const checkout = join(import.meta.dirname, "..");
const patience = { timeout: 30_000, interval: 50 };
const folder = mkdtempSync(join(tmpdir(), "daybook-bundles-"));
const empty = join(folder, "empty");
let database: Awaited<ReturnType<typeof privatePostgres>>;

beforeAll(async () => {
  mkdirSync(empty);
  execFileSync("bash", [join(checkout, "docker/assemble.sh"), folder], { stdio: ["ignore", "ignore", "pipe"] });
  database = await privatePostgres();
});

afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(["api", "worker"])("the bundle of the %s imports nothing but Node itself", (app) => {
  const text = readFileSync(join(folder, app, "main.mjs"), "utf8");
  const imported = [...text.matchAll(/^import\b[^"'\n]*["']([^"'\n]+)["'];?$/gm)].map(([, name]) => name ?? "");
  expect(imported.length).toBeGreaterThan(3);
  expect(imported.filter((name) => !name.startsWith("node:") && !builtinModules.includes(name))).toEqual([]);
  expect(readdirSync(join(folder, app))).not.toContain("node_modules");
});

test("the API migrates, gets ready, and serves the console with its files", async () => {
  const port = await freePort();
  const api = run("api", { DATABASE_URL: loginUrl(), DATABASE_OWNER_URL: database.url, PORT: String(port) });
  const origin = `http://127.0.0.1:${port}`;
  await expect.poll(() => statusOf(`${origin}/readyz`), patience).toBe(200);
  expect(await statusOf(`${origin}/livez`)).toBe(200);

  const page = await (await fetch(`${origin}/`)).text();
  expect(page).toMatch(/<!doctype html>/i);
  const [, script = ""] = /<script[^>]+src="([^"]+)"/.exec(page) ?? [];
  const answer = await fetch(new URL(script, origin));
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("javascript")]);
  expect((await answer.text()).length).toBeGreaterThan(100);
  expect(await statusOf(`${origin}/o/acme/logs/activity`)).toBe(200);

  const health = spawn(process.execPath, [join(folder, "health.mjs")], { env: { PORT: String(port) } });
  expect(await once(health, "exit")).toEqual([0, null]);
  expect(await stopped(api)).toBe(0);
});

test("the worker waits for its database, works, and leaves when asked", async () => {
  const worker = run("worker", { DATABASE_URL: loginUrl() });
  await expect.poll(() => worker.output(), patience).toContain("worker ready");
  expect(await stopped(worker)).toBe(0);
});

test("without a database the API lives, says that it is not ready, and starts no crash", async () => {
  const [port, nobody] = [await freePort(), await freePort()];
  const api = run("api", { DATABASE_URL: `postgres://daybook:x@127.0.0.1:${nobody}/daybook`, PORT: String(port) });
  await expect.poll(() => statusOf(`http://127.0.0.1:${port}/livez`), patience).toBe(200);
  expect(await statusOf(`http://127.0.0.1:${port}/readyz`)).toBe(503);
  expect(await stopped(api)).toBe(0);
});

test.each(["api", "worker"])("the %s refuses a login that row security does not bind, and says how to mend it", async (app) => {
  const refused = run(app, { DATABASE_URL: database.url, PORT: String(await freePort()) });
  const [code] = (await once(refused.process, "exit")) as [number];
  expect(code).toBe(78);
  expect(refused.output()).toMatch(/superuser, for whom no row security counts. Give DATABASE_URL a login of its own/);
});

test("nothing is made up in production: without AUTH_SECRET the API says so and ends", async () => {
  const api = run("api", { DATABASE_URL: database.url, AUTH_SECRET: "" });
  const [code] = (await once(api.process, "exit")) as [number];
  expect(code).not.toBe(0);
  expect(api.output()).toContain("AUTH_SECRET");
});

/** A login that the API makes. */
function loginUrl(): string {
  const url = new URL(database.url);
  url.username = "daybook_bundle";
  url.password = "only for this test";
  return url.href;
}

interface Running {
  process: ChildProcess;
  output: () => string;
}

/** As in the image: a bare environment, and a working folder with nothing in it. */
function run(app: string, environment: Record<string, string>): Running {
  const child = spawn(process.execPath, [join(folder, app, "main.mjs")], {
    cwd: empty,
    env: { NODE_ENV: "production", AUTH_SECRET: "only-for-this-test-0123456789abcdef", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (piece: string) => (output += piece));
  return { process: child, output: () => output };
}

async function stopped({ process: child }: Running): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const [code] = (await ended) as [number | null];
  return code;
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url, { redirect: "manual" }).catch(() => null);
  await response?.body?.cancel();
  return response?.status ?? 0;
}
