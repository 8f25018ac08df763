import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { everything } from "@daybook/query";
import { privatePostgres, seededRandom } from "@daybook/testkit";
import { sql as drizzleSql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { payloadHash } from "./events/append.ts";
import type { AppendItem } from "./events/append.ts";
import { ensureLogin } from "./logins.ts";
import { migrate } from "./migrate.ts";
import * as organizations from "./organizations.ts";
import { teams } from "./schema/index.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";
import { preparedEvent } from "./testing.ts";

const uncaught: unknown[] = [];
const remember = (error: unknown) => uncaught.push(error);
process.on("uncaughtException", remember);
process.on("unhandledRejection", remember);
afterEach(() => uncaught.splice(0));

const clients = 6;

async function arena() {
  const server = await privatePostgres();
  await migrate({ url: server.url });
  const login = new URL(server.url);
  login.username = "daybook_chaos";
  await ensureLogin({ ownerUrl: server.url, url: login.href });
  const store = openStore({ url: login.href, applicationName: "chaos", max: clients });
  await store.ensurePartitions([new Date()]);
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids) await store.platformTransaction((tx) => organizations.insert(tx, { id, name: id, slug: id, timeZone: "UTC" }));
  return { server, store, ids };
}

/** An event, and a team of the same name beside it: both or neither, and both of one organization. */
async function writeBoth(store: Store, organizationId: string, item: AppendItem): Promise<void> {
  await store.transaction(organizationId, async (tx) => {
    const id = randomUUID();
    await tx.insert(teams).values({ organizationId, id, name: item.event.idempotency_key ?? id, description: organizationId, createdAt: new Date() });
    // A savepoint is where a lost connection has the most ways to go wrong.
    await tx.transaction((inner) => store.appendIn(inner, organizationId, [item]));
  });
}

/** Reads as an organization while connections die: what comes back is its own, or nothing. */
async function watch(store: Store, organizationId: string, untilDone: () => boolean): Promise<{ reads: number; foreign: number }> {
  const seen = { reads: 0, foreign: 0 };
  while (!untilDone()) {
    try {
      // No predicate of their own: row security alone decides.
      const rows = await store.of(organizationId).select({ of: teams.organizationId }).from(teams).limit(200);
      const page = await store.of(organizationId).execute<{ of: string }>(drizzleSql`select organization_id as of from organization_events limit 200`);
      const { events } = await store.search(organizationId, { query: everything, limit: 100 });
      seen.reads += 1;
      seen.foreign += [...rows, ...page].filter((row) => row.of !== organizationId).length;
      const full = await Promise.all(events.slice(0, 3).map(({ id }) => store.readEvent(organizationId, { id, query: everything })));
      seen.foreign += full.filter((found) => found && found.event.metadata["for"] !== organizationId).length;
    } catch {
      await pause(20);
    }
  }
  return seen;
}

/** Sends events until told to stop; a send that fails is repeated with the same key, as a client would. Returns the acknowledged keys. */
async function load(store: Store, organizationId: string, untilDone: () => boolean): Promise<string[]> {
  const acknowledged: string[] = [];
  while (!untilDone()) {
    const key = randomUUID();
    const item = { event: preparedEvent(randomUUID(), { idempotency_key: key, metadata: { for: organizationId } }), payloadHash: payloadHash({ key }) };
    for (let attempt = 0; attempt < 200; attempt += 1) {
      try {
        if (acknowledged.length % 2 === 0) await store.append(organizationId, [item]);
        else await writeBoth(store, organizationId, item);
        acknowledged.push(key);
        break;
      } catch {
        await pause(20);
      }
    }
  }
  return acknowledged;
}

async function keysOf(store: Store, organizationId: string): Promise<{ keys: string[]; seqs: number[]; foreign: number }> {
  const keys: string[] = [];
  const seqs: number[] = [];
  let foreign = 0;
  for (let afterSeq = 0; ;) {
    const step = await store.feed(organizationId, { afterSeq, query: everything, limit: 1_000 });
    for (const event of step.events) {
      keys.push(event.idempotency_key ?? "");
      seqs.push(event.seq);
      if (event.metadata["for"] !== organizationId) foreign += 1;
    }
    if (step.lastSeq === afterSeq) return { keys, seqs, foreign };
    afterSeq = step.lastSeq;
  }
}

async function expectExactly(store: Store, organizationId: string, acknowledged: string[]): Promise<void> {
  const { keys, seqs, foreign } = await keysOf(store, organizationId);
  const stored = new Set(keys);
  expect({ lost: acknowledged.filter((key) => !stored.has(key)).length, doubled: keys.length - stored.size, foreign }).toEqual({
    lost: 0,
    doubled: 0,
    foreign: 0,
  });
  expect(seqs).toEqual(seqs.map((_, at) => at + 1));
}

test("killed backends lose, double and misplace no acknowledged event, and the pools live on", async () => {
  const { server, store, ids } = await arena();
  const killer = postgres(server.url, { max: 1, fetch_types: false });
  const random = seededRandom(7);
  let done = false;
  const running = Array.from({ length: clients }, (_, at) => load(store, ids[at % ids.length] ?? "", () => done));
  const watching = ids.map((id) => watch(store, id, () => done));
  for (let kill = 0; kill < 60; kill += 1) {
    await pause(40 + random() * 80);
    await killer`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'chaos' and pid <> pg_backend_pid() order by random() limit 1`;
  }
  done = true;
  const acknowledged = await Promise.all(running);
  for (const [at, id] of ids.entries()) await expectExactly(store, id, acknowledged.filter((_, client) => client % ids.length === at).flat());
  for (const { reads, foreign } of await Promise.all(watching)) expect({ foreign, some: reads > 0 }).toEqual({ foreign: 0, some: true });
  // As the owner: every team lies in the organization that wrote it, beside the event that it came with.
  const [teamsAstray] = await killer<{ n: number }[]>`
    select count(*)::int as n from teams
    where description <> organization_id::text
      or not exists (select from events where events.organization_id = teams.organization_id and events.idempotency_key = teams.name)`;
  const [eventsAstray] = await killer<{ n: number }[]>`select count(*)::int as n from events where metadata ->> 'for' <> organization_id::text`;
  expect([teamsAstray?.n, eventsAstray?.n]).toEqual([0, 0]);
  const alive = ids.flatMap((id) => Array.from({ length: clients }, () => store.of(id).execute(drizzleSql`select 1`)));
  await Promise.all([...alive, ...Array.from({ length: clients * 2 }, () => store.platformTransaction((tx) => tx.execute(drizzleSql`select 1`)))]);
  expect(uncaught).toEqual([]);
  await killer.end();
  await store.close();
  await server.close();
}, 120_000);

test("a server killed without goodbye has, when it is back, every acknowledged event once", async () => {
  const { server, store, ids } = await arena();
  let done = false;
  const running = Array.from({ length: clients }, (_, at) => load(store, ids[at % ids.length] ?? "", () => done));
  for (let kill = 0; kill < 3; kill += 1) {
    await pause(700);
    await server.kill();
    await pause(150);
    await server.restart();
  }
  await pause(700);
  done = true;
  const acknowledged = await Promise.all(running);
  for (const [at, id] of ids.entries()) await expectExactly(store, id, acknowledged.filter((_, client) => client % ids.length === at).flat());
  expect(acknowledged.flat().length).toBeGreaterThan(50);
  expect(uncaught).toEqual([]);
  await store.close();
  await server.close();
}, 120_000);
