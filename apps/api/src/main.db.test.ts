import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { bundled, testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

let database: TestDatabase;
let program: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  database = await testDatabase({ migrated: false });
  program = await bundled(fileURLToPath(new URL("./main.ts", import.meta.url)));
});
afterAll(() => database.close());

const children: ChildProcess[] = [];
afterEach(() => children.forEach((child) => child.kill("SIGKILL")));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("a listening server has an address");
  return address.port;
}

async function start(environment: Record<string, string> = {}, argument: string[] = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [program.path, ...argument], {
    env: {
      ...program.env,
      PATH: process.env["PATH"],
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      PORT: String(port),
      AUTH_SECRET: "0123456789abcdef0123456789abcdef",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const status = (path: string) =>
    fetch(`${url}${path}`).then(
      (response) => response.status,
      () => 0,
    );
  return {
    child,
    url,
    ended,
    output: () => output,
    status,
    async until(path: string, wanted: number) {
      for (let tries = 0; tries < 1_000; tries += 1) {
        if ((await status(path)) === wanted) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`${path} never answered ${wanted}: ${output}`);
    },
  };
}

test("it migrates an empty database, prints the setup link once, and leaves cleanly when asked", async () => {
  const api = await start();
  await api.until("/readyz", 200);
  expect(api.output().match(/\/setup\?token=[\w-]{20,}/g)).toHaveLength(1);
  const stream = await fetch(`${api.url}/trpc/setup.status`);
  expect(await stream.json()).toEqual({ result: { data: { needed: true } } });
  api.child.kill("SIGTERM");
  expect(await api.ended).toBe(0);
});

test("with a setup token of its own it prints no link", async () => {
  const api = await start({ DAYBOOK_SETUP_TOKEN: "configured-setup-token" });
  await api.until("/readyz", 200);
  expect(api.output()).not.toMatch(/setup\?token|configured-setup-token/);
});

test("while the database is away it lives, is not ready, and can be stopped", async () => {
  const away = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
  const api = await start({ DATABASE_URL: away, DATABASE_OWNER_URL: away });
  await api.until("/livez", 200);
  expect(await api.status("/readyz")).toBe(503);
  api.child.kill("SIGTERM");
  expect(await api.ended).toBe(0);
});

test("in production it refuses a login that could see every organization, and says how to mend it", async () => {
  const api = await start({ NODE_ENV: "production", DATABASE_URL: database.ownerUrl, DATABASE_OWNER_URL: database.ownerUrl });
  expect(await api.ended).toBe(78);
  expect(api.output()).toMatch(/superuser, for whom no row security counts\. Give DATABASE_URL a login of its own/);
});

test("in production, without the owner, it waits for somebody else to migrate", async () => {
  const empty = await testDatabase({ migrated: false });
  const api = await start({ NODE_ENV: "production", DATABASE_URL: empty.url, DATABASE_OWNER_URL: "" });
  await expect.poll(() => api.output(), { timeout: 40_000 }).toContain("run the API with --migrate");
  expect(await api.status("/readyz")).toBe(503);
  await (
    await start({ DATABASE_URL: empty.url, DATABASE_OWNER_URL: empty.ownerUrl }, ["--migrate"])
  ).ended;
  await api.until("/readyz", 200);
  api.child.kill("SIGTERM");
  expect(await api.ended).toBe(0);
  await empty.close();
}, 90_000);

test("--migrate brings the database up to date and ends", async () => {
  const api = await start({}, ["--migrate"]);
  expect(await api.ended).toBe(0);
  expect(await api.status("/livez")).toBe(0);
});

test("a setting that is missing ends it with the setting's name", async () => {
  const api = await start({ AUTH_SECRET: "short" });
  expect(await api.ended).not.toBe(0);
  expect(api.output()).toContain("AUTH_SECRET");
});

test("a port that is taken ends it, so that its supervisor sees it", async () => {
  const first = await start();
  await first.until("/livez", 200);
  const second = await start({ PORT: new URL(first.url).port });
  expect(await second.ended).toBe(70);
  expect(second.output()).toContain("EADDRINUSE");
});
