import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PostgresServer, readConnection, startPostgres } from "./index.ts";
import { isAlive } from "./process-identity.ts";

let folder: string;
const started: PostgresServer[] = [];

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), "daybook-server-"));
  // For root the server runs as another user, who must be able to pass.
  chmodSync(parent, 0o755);
  folder = join(parent, "postgres");
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

test("a folder gets a UTF-8 database with checksums, reachable with the stored password only", async () => {
  const server = await start();
  const [settings] = await ask(
    server.url,
    (sql) => sql`
    select current_database() as name, current_setting('server_encoding') as encoding,
      current_setting('data_checksums') as checksums, datlocprovider as provider, datlocale as locale
    from pg_database
    where datname = current_database()`,
  );
  expect(settings).toEqual({ name: "daybook", encoding: "UTF8", checksums: "on", provider: "b", locale: "C.UTF-8" });
  expect(readConnection(folder)).toEqual({ url: server.url, loginUrl: server.loginUrl });
  expect(statSync(join(folder, "postgres.json")).mode & 0o777).toBe(0o600);
  await expect(ask(server.url.replace(/:[^:@]+@/, ":wrong@"), (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/);
});

test("data, password and port stay the same between starts", async () => {
  const first = await start();
  await ask(first.url, (sql) => sql`create table kept as select 1 as one`);
  await first.stop();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
});

test("a running server is taken over, and its end is noticed", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
  await second.stop();
  await second.untilGone();
  await first.untilGone();
  expect(isAlive(first.pid)).toBe(false);
});

test("a killed server starts again with everything that was committed", async () => {
  const first = await start();
  await ask(first.url, (sql) => sql`create table kept as select 1 as one`);
  process.kill(first.pid, "SIGKILL");
  await first.untilGone();
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
});

test("a file that names a stranger does not stop the start", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(join(folder, "cluster", "postmaster.pid"), `${process.ppid}\n${join(folder, "cluster")}\n1\n5432\n\n127.0.0.1\n1 2\nready\n`);
  const second = await start();
  expect(second.pid).not.toBe(process.ppid);
});

test("a taken port is left to its owner", async () => {
  const first = await start();
  await first.stop();
  const other = createServer().listen(first.port, "127.0.0.1");
  try {
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await ask(second.url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  } finally {
    other.close();
  }
});

test("an initialisation that was killed half-way is begun anew", async () => {
  const unfinished = join(folder, "cluster.unfinished");
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "PG_VERSION"), "18\n");
  await start();
  expect(existsSync(unfinished)).toBe(false);
});

test("when the connection file is lost, the data are still reachable", async () => {
  const first = await start();
  await ask(first.url, (sql) => sql`create table kept as select 1 as one`);
  rmSync(join(folder, "postgres.json"));
  const second = await start();
  expect(await ask(second.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
});

test("a server that cannot start says why", async () => {
  const first = await start();
  await first.stop();
  const settings = join(folder, "cluster", "postgresql.auto.conf");
  writeFileSync(settings, `${readFileSync(settings, "utf8")}\nshared_preload_libraries = 'no_such_library'\n`);
  await expect(start()).rejects.toThrow(/postgres\.log[\s\S]*no_such_library/);
});

test.runIf(process.getuid?.() === 0)("as root, data that the server's user cannot reach live under /var/lib/daybook", async () => {
  chmodSync(join(folder, ".."), 0o700);
  const said: string[] = [];
  const server = await startPostgres({ folder, durable: false, say: (line) => said.push(line) });
  started.push(server);
  const { cluster } = JSON.parse(readFileSync(join(folder, "postgres.json"), "utf8")) as { cluster: string };
  try {
    expect(cluster).toMatch(/^\/var\/(lib|tmp)\/daybook\/\w+-[0-9a-f]{8}\/cluster$/);
    expect(said).toEqual([expect.stringContaining(cluster)]);
    expect(await ask(server.url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  } finally {
    await server.stop();
    rmSync(join(cluster, ".."), { recursive: true });
  }
});

test("no password file is left behind", async () => {
  await start();
  expect(existsSync(join(folder, "cluster.unfinished.password"))).toBe(false);
});

async function start(): Promise<PostgresServer> {
  const server = await startPostgres({ folder, durable: false });
  if (!server.adopted) started.push(server);
  return server;
}

async function ask<Rows extends readonly object[]>(url: string, statement: (sql: postgres.Sql) => PromiseLike<Rows>): Promise<object[]> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return [...(await statement(sql))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}
