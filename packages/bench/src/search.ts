import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@daybook/postgres-server";
import type { PostgresServer } from "@daybook/postgres-server";
import { consumers, ensureLogin, migrate, openStore } from "@daybook/store";
import type { Store } from "@daybook/store";
import postgres from "postgres";
import { defineBench } from "./define-bench.ts";
import { searchCases } from "./search-cases.ts";
import type { SearchCase } from "./search-cases.ts";
import { loadEvents, organizations, spanEnd } from "./search-data.ts";
import { facetFigures } from "./search-facets.ts";
import { line, round2, roundsMax, timed } from "./timed.ts";

const pageEvents = 50;
/** What the worst case is compared with: the worst over a hundredth of the events. Of fewer than these that says nothing: the first step reads it whole. */
const smallerBy = 100;
const comparedMin = 1_000_000;
/** A small size is there to run beside the tests, so each of its cases has one round. */
const roundsOf = (events: number): number => (events < comparedMin ? 1 : roundsMax);
const rolledUpAtOnce = 20_000;
const largest = organizations[0].id;

export const search = defineBench({
  name: "search",
  eventsDefault: 40_000,
  async run({ events, say, keep }) {
    const folder = keep ?? (await mkdtemp(join(tmpdir(), "daybook-bench-")));
    // Root's server runs as another user, who has to reach the folder.
    if (keep === undefined && process.getuid?.() === 0) await chmod(folder, 0o755);
    const server = await startBare(folder, say);
    try {
      const size = { database: "daybook", events, say };
      const small = events < comparedMin ? null : await hundredth(server, size);
      const figures = await withEvents(server, size, async (store) => ({
        ...(await worstCases(store, { ...size, kinds: ["filter", "text"] })),
        ...(await facetFigures(store, { organizationId: largest, say, rounds: roundsOf(events) })),
        details: await details(store, size),
      }));
      return {
        events,
        worst_p95_ms: figures.filter.p95,
        worst_case: figures.filter.name,
        worst_text_p95_ms: figures.text.p95,
        worst_text_case: figures.text.name,
        ...(small && {
          [events === 10_000_000 ? "growth_100k_to_10m" : "growth_from_a_hundredth"]: round2(figures.filter.p95 / small.p95),
          worst_p95_ms_of_a_hundredth: small.p95,
          worst_case_of_a_hundredth: small.name,
        }),
        facets_p95_ms: figures.facets,
        facets_worst_case: figures.worst,
        details_p95_ms: figures.details,
      };
    } finally {
      await server.stop();
      if (keep === undefined) await rm(folder, { recursive: true, force: true });
    }
  },
});

/** Filling tables needs no journal of them when the settings say so, which the server reads at its start. */
export async function startBare(folder: string, say: (line: string) => void): Promise<PostgresServer> {
  const server = await startPostgres({ folder, say });
  const sql = postgres(server.url, { max: 1, fetch_types: false });
  for (const setting of ["wal_level = minimal", "max_wal_senders = 0", "max_wal_size = '8GB'"]) await sql.unsafe(`alter system set ${setting}`);
  await sql.end({ timeout: 5 });
  await server.stop();
  return startPostgres({ folder, say });
}

interface Size {
  database: string;
  events: number;
  say: (line: string) => void;
}

async function withEvents<T>(server: PostgresServer, { database, events, say }: Size, work: (store: Store) => Promise<T>): Promise<T> {
  const of = (url: string) => url.replace(/\/[^/]*$/, `/${database}`);
  await makeDatabase(server.url, database);
  await migrate({ url: of(server.url) });
  await ensureLogin({ ownerUrl: of(server.url), url: of(server.loginUrl) });
  const store = openStore({ url: of(server.loginUrl), applicationName: "daybook-bench", max: 8 });
  try {
    if (!(await isLoaded(of(server.url), events))) await loadEvents(of(server.url), { events, say });
    for (const { id } of organizations) await rollUp(store, id);
    return await work(store);
  } finally {
    await store.close();
  }
}

interface Worst {
  name: string;
  p95: number;
}

async function hundredth(server: PostgresServer, { events, say }: Size): Promise<Worst> {
  const size = { database: "daybook_small", events: Math.round(events / smallerBy), say };
  return (await withEvents(server, size, (store) => worstCases(store, { ...size, kinds: ["filter"] }))).filter;
}

async function worstCases(store: Store, { events, say, kinds }: Size & { kinds: readonly SearchCase["kind"][] }): Promise<Record<SearchCase["kind"], Worst>> {
  say(`\n${events} events${" ".repeat(34)}     p50     p95 ms   rows`);
  const worst = { filter: { name: "", p95: 0 }, text: { name: "", p95: 0 } };
  for (const { name, kind, queries } of searchCases.filter((each) => kinds.includes(each.kind))) {
    let rows = 0;
    const times = await timed(async (turn) => {
      const page = await store.search(largest, { query: queries[turn % queries.length] ?? { is: "everything" }, limit: pageEvents });
      rows = Math.max(rows, page.events.length);
      if (page.searchedTo !== null) rows = Number.NaN;
    }, roundsOf(events));
    if (times.p95 > worst[kind].p95) worst[kind] = { name, p95: times.p95 };
    say(line(name, times, Number.isNaN(rows) ? "cut" : String(rows)));
  }
  return worst;
}

export async function makeDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false });
  const [found] = await sql`select from pg_database where datname = ${name}`;
  if (!found) await sql`create database ${sql(name)}`;
  await sql.end({ timeout: 5 });
}

/** Data that an earlier run kept. */
export async function isLoaded(url: string, events: number): Promise<boolean> {
  const sql = postgres(url, { max: 1, fetch_types: false });
  const [row] = await sql<{ events: string }[]>`select coalesce(sum(next_seq - 1), 0) as events from organization_heads`;
  await sql.end({ timeout: 5 });
  const held = Number(row?.events);
  // The numbers of one organization leave one out, where a hundred ends.
  const isWhole = Math.abs(held - events) <= 1;
  if (held !== 0 && !isWhole) throw new Error(`the kept folder holds ${row?.events} events, not ${events}`);
  return isWhole;
}

/** What a load has not counted itself: as the worker does it, in larger steps. */
export async function rollUp(store: Store, organizationId: string): Promise<void> {
  const name = consumers.rollUpConsumer;
  for (let from = -1, to = 0; from < to;) {
    await store.transaction(organizationId, async (tx) => {
      from = await consumers.lockCursor(tx, organizationId, name);
      to = await consumers.rollUp(tx, organizationId, { afterSeq: from, limit: rolledUpAtOnce });
      await consumers.moveCursor(tx, organizationId, { name, to });
    });
  }
}

async function details(store: Store, { events, say }: Size): Promise<number> {
  const page = await store.search(largest, { query: { is: "occurred", to: new Date(spanEnd.getTime() - 200 * 86_400_000).toISOString() }, limit: pageEvents });
  const times = await timed(async (turn) => {
    await store.readEvent(largest, { id: page.events[(turn * 7) % page.events.length]?.id ?? "", query: { is: "everything" } });
  }, roundsOf(events));
  say(line("details by id, 200 days ago", times, "1"));
  return times.p95;
}
