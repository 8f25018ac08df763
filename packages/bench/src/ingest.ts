import { Agent, request } from "node:http";
import { vocabulary } from "@daybook/catalog";
import { builtInRedactor, prepareEvent, uuidV7 } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import type { AppendItem } from "@daybook/store";
import postgres from "postgres";
import { openArena } from "./arena.ts";
import type { Arena } from "./arena.ts";
import { defineBench } from "./define-bench.ts";
import { importRate } from "./import-rate.ts";
import { openLeanClient, postRequest } from "./lean-client.ts";
import type { LeanClient } from "./lean-client.ts";
import { sampleEvent } from "./sample-events.ts";
import { streamMemory } from "./stream-memory.ts";

const batchEvents = 1_000;
const batchClients = 4;
const singleClients = 64;
const singleConnections = 8;
/** Of the stream of lines: at least this much, and a gigabyte for a million events. */
const streamBytesMin = 64 * 1_048_576;
const streamBytesPerEvent = 1_024;
const rounds = 3;

export const ingest = defineBench({
  name: "ingest",
  eventsDefault: 60_000,
  async run({ events, say }) {
    const arena = await openArena(say);
    try {
      const stream = await streamMemory(arena, { bytes: Math.max(streamBytesMin, events * streamBytesPerEvent) });
      say(`a stream of ${stream.megabytes} MB: ${stream.perSecond} events/s, at most ${stream.rssMb} MB resident`);
      const perRound = Math.max(batchEvents * batchClients, Math.round(events / rounds / batchEvents) * batchEvents);
      const batch: number[] = [];
      const copy: number[] = [];
      await round(arena, batchEvents * batchClients);
      for (let turn = 0; turn < rounds; turn += 1) {
        const rates = await round(arena, perRound);
        batch.push(rates.batch);
        copy.push(rates.copy);
        say(`round ${turn + 1}: batches ${Math.round(rates.batch)}/s, COPY ${Math.round(rates.copy)}/s`);
      }
      const singles = Math.max(2_000, Math.round(events / 10));
      const single = await singleEvents(arena, { count: singles, perSecond: null });
      const oneByOne = await appendOneByOne(arena, Math.round(singles / 4));
      const paced = await singleEvents(arena, { count: Math.round(singles / 2), perSecond: single.perSecond / 2 });
      const imported = await importRate(arena, Math.max(10_000, Math.round(events / 2)));
      say(`an import: ${Math.round(imported)} events/s`);
      return {
        events: perRound * rounds,
        import_events_per_s: Math.round(imported),
        batch_events_per_s: Math.round(median(batch)),
        copy_events_per_s: Math.round(median(copy)),
        ratio_to_copy_batch: round2(median(batch.map((rate, turn) => rate / (copy[turn] ?? rate)))),
        single_events_per_s: Math.round(single.perSecond),
        insert_single_events_per_s: Math.round(oneByOne),
        ratio_to_insert_single: round2(single.perSecond / oneByOne),
        ack_p95_ms_single: round2(paced.p95Ms),
        stream_mb: stream.megabytes,
        stream_events_per_s: stream.perSecond,
        stream_rss_mb: stream.rssMb,
      };
    } finally {
      await arena.close();
    }
  },
});

/** The same rows twice into the same table with the same indexes: over HTTP into one organization, by COPY into another. */
async function round(arena: Arena, count: number): Promise<{ batch: number; copy: number }> {
  const from = await arena.organization();
  const to = await arena.organization();
  const bodies = Array.from({ length: count / batchEvents }, (_, batch) =>
    Buffer.from(JSON.stringify(Array.from({ length: batchEvents }, (__, at) => sampleEvent(batch * batchEvents + at, new Date(Date.now() - at * 1_000))))),
  );
  const started = performance.now();
  await inParallel(batchClients, bodies, (body, agent) => post(arena.origin, from.token, body, agent));
  const batch = count / ((performance.now() - started) / 1_000);
  return { batch, copy: await copyRows(arena.ownerUrl, from.id, to.id) };
}

/** Raw COPY on one connection. Reading the rows out and turning them into text is not counted. */
async function copyRows(url: string, fromOrganization: string, toOrganization: string): Promise<number> {
  const sql = postgres(url, { max: 1, fetch_types: false });
  try {
    const [columns] = await sql<{ names: string }[]>`
      select string_agg(quote_ident(attname), ', ' order by attnum) as names
      from pg_attribute where attrelid = 'events'::regclass and attnum > 0 and not attisdropped and attname <> 'organization_id'`;
    const names = columns?.names ?? "";
    const lines: Buffer[] = [];
    let rows = 0;
    for await (const chunk of await sql
      .unsafe(`copy (select ${names} from events where organization_id = '${fromOrganization}' and action <> 'organization_created') to stdout`)
      .readable()) {
      lines.push(chunk as Buffer);
    }
    const text = Buffer.concat(lines);
    for (const byte of text) if (byte === 10) rows += 1;
    await sql`alter table events alter column organization_id set default ${sql.unsafe(`'${toOrganization}'`)}`;
    const started = performance.now();
    const target = await sql.unsafe(`copy events (${names}) from stdin`).writable();
    await new Promise<void>((resolve, reject) => {
      target.on("error", reject);
      target.on("finish", resolve);
      target.end(text);
    });
    const rate = rows / ((performance.now() - started) / 1_000);
    await sql`alter table events alter column organization_id drop default`;
    return rate;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Single events over HTTP, each acknowledged after its commit; unpaced as fast as the clients can, else in even steps. */
async function singleEvents(arena: Arena, { count, perSecond }: { count: number; perSecond: number | null }): Promise<{ perSecond: number; p95Ms: number }> {
  const { token } = await arena.organization();
  const url = new URL("/v1/events", arena.origin);
  const requests = Array.from({ length: count }, (_, at) => postRequest(url, { token, body: Buffer.from(JSON.stringify(sampleEvent(at, new Date()))) }));
  const waits: number[] = [];
  const started = performance.now();
  let next = 0;
  await withClients(url, requests, async (request, client) => {
    const due = perSecond === null ? 0 : started + (next++ / perSecond) * 1_000 - performance.now();
    if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
    const sent = performance.now();
    const status = await client.send(request);
    if (status !== 200) throw new Error(`the API answered ${status}`);
    waits.push(performance.now() - sent);
  });
  const seconds = (performance.now() - started) / 1_000;
  waits.sort((a, b) => a - b);
  return { perSecond: count / seconds, p95Ms: waits[Math.floor(waits.length * 0.95)] ?? 0 };
}

/** The peer of the group commit: one append, one commit per event, on eight connections. */
async function appendOneByOne(arena: Arena, count: number): Promise<number> {
  const { id } = await arena.organization();
  const { store, random } = arena.platform;
  const items = Array.from({ length: count }, (_, at): AppendItem => {
    const receivedAt = new Date();
    const prepared = prepareEvent(
      sampleEvent(at, receivedAt) as EventInput,
      { id: uuidV7(receivedAt.getTime(), random(10)), receivedAt, source: "api", tokenId: null, origin: "api", actor: { type: "api_key" } },
      vocabulary,
      builtInRedactor,
    );
    if ("problem" in prepared) throw new Error(prepared.problem.message);
    return { event: prepared.event };
  });
  const started = performance.now();
  await inParallel(singleConnections, items, async (item) => {
    await store.append(id, [item]);
  });
  return count / ((performance.now() - started) / 1_000);
}

async function withClients(url: URL, requests: readonly Buffer[], send: (request: Buffer, client: LeanClient) => Promise<void>): Promise<void> {
  const clients = await Promise.all(Array.from({ length: singleClients }, () => openLeanClient(url)));
  let at = 0;
  await Promise.all(
    clients.map(async (client) => {
      for (let request = requests[at++]; request !== undefined; request = requests[at++]) await send(request, client);
      client.close();
    }),
  );
}

async function inParallel<T>(clients: number, work: readonly T[], send: (item: T, agent: Agent) => Promise<void>): Promise<void> {
  let at = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let item = work[at++]; item !== undefined; item = work[at++]) await send(item, agent);
      agent.destroy();
    }),
  );
}

function post(origin: string, token: string, body: Buffer, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${origin}/v1/events`,
      { method: "POST", agent, headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "content-length": body.length } },
      (answer) => {
        answer.resume();
        answer.once("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`the API answered ${answer.statusCode}`))));
        answer.once("error", reject);
      },
    );
    call.once("error", reject);
    call.end(body);
  });
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const round2 = (value: number): number => Math.round(value * 100) / 100;
