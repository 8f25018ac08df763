import { randomUUID } from "node:crypto";
import { equals, everything } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as organizations from "../organizations.ts";
import { openStore } from "../store.ts";
import type { Store } from "../store.ts";
import { preparedEvent } from "../testing.ts";
import { payloadHash } from "./append.ts";
import { indexCondition } from "./index-condition.ts";
import type { AppendItem } from "./append.ts";

let store: Store;
let ownerUrl: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  ownerUrl = database.ownerUrl;
  store = openStore({ url: database.url, applicationName: "test", max: 8 });
  close = async () => {
    await store.close();
    await database.close();
  };
});
afterAll(() => close());

async function organization(): Promise<string> {
  const id = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id, name: id, slug: id, timeZone: "UTC" }));
  return id;
}

const keyed = (key: string, content: object = {}): AppendItem => ({
  event: preparedEvent(randomUUID(), { idempotency_key: key }),
  payloadHash: payloadHash({ key, ...content }),
});
const plain = (): AppendItem => ({ event: preparedEvent(randomUUID()) });

async function seqs(organizationId: string): Promise<number[]> {
  const all: number[] = [];
  for (let afterSeq = 0; ;) {
    const step = await store.feed(organizationId, { afterSeq, query: everything, limit: 1_000 });
    all.push(...step.events.map(({ seq }) => seq));
    if (step.lastSeq === afterSeq) return all;
    afterSeq = step.lastSeq;
  }
}

test("many writers at once leave a sequence without gap, repeat or reorder", async () => {
  const id = await organization();
  const batches = Array.from({ length: 60 }, (_, at) => Array.from({ length: (at % 9) + 1 }, plain));
  const outcomes = (await Promise.all(batches.map((batch) => store.append(id, batch)))).flat();
  const total = batches.flat().length;
  expect(outcomes.every(({ status }) => status === "created")).toBe(true);
  expect(await seqs(id)).toEqual(Array.from({ length: total }, (_, at) => at + 1));
});

test("a key given twice makes one event: in one batch, in two, and in two at once", async () => {
  const id = await organization();
  const [first, again] = await store.append(id, [keyed("a"), keyed("a")]);
  const [later] = await store.append(id, [keyed("a")]);
  expect([first?.status, again?.status, later?.status]).toEqual(["created", "duplicate", "duplicate"]);
  expect(new Set([first?.id, again?.id, later?.id]).size).toBe(1);
  const racing = await Promise.all(Array.from({ length: 16 }, () => store.append(id, [keyed("b"), plain()])));
  expect(racing.filter(([outcome]) => outcome?.status === "created")).toHaveLength(1);
  expect(new Set(racing.map(([outcome]) => outcome?.id)).size).toBe(1);
  expect(await seqs(id)).toEqual(Array.from({ length: 1 + 1 + 16 }, (_, at) => at + 1));
});

test("a key with other content is a conflict that names the first event and stores nothing", async () => {
  const id = await organization();
  const [first] = await store.append(id, [keyed("a")]);
  const outcomes = await store.append(id, [keyed("a", { other: true }), plain(), keyed("c"), keyed("c", { other: true })]);
  expect(outcomes.map(({ status }) => status)).toEqual(["conflict", "created", "created", "conflict"]);
  expect(outcomes[0]?.id).toBe(first?.id);
  expect(await seqs(id)).toEqual([1, 2, 3]);
});

test("a key that is purged between two looks at it makes the batch be tried again, and acknowledges nothing", async () => {
  const id = await organization();
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false });
  // Stands for the purge: the key is neither inserted nor there.
  await sql.unsafe(`create function skip() returns trigger language plpgsql as 'begin return null; end';
    create trigger skip before insert on ingest_keys for each row when (new.organization_id = '${id}') execute function skip()`);
  await expect(store.append(id, [plain(), keyed("a")])).rejects.toMatchObject({ code: "unavailable" });
  expect(await seqs(id)).toEqual([]);
  await sql.unsafe("drop trigger skip on ingest_keys; drop function skip()");
  expect((await store.append(id, [plain(), keyed("a")])).map(({ status }) => status)).toEqual(["created", "created"]);
  await sql.end();
});

test("the same key in another organization is another key", async () => {
  const [one, two] = [await organization(), await organization()];
  expect((await store.append(one, [keyed("a")]))[0]?.status).toBe("created");
  expect((await store.append(two, [keyed("a")]))[0]?.status).toBe("created");
});

test("events go away with the transaction that they record", async () => {
  const id = await organization();
  const failing = store.platformTransaction(async (tx) => {
    await store.appendIn(tx, id, [plain()]);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await store.platformTransaction((tx) => store.appendIn(tx, id, [plain()]));
  expect(await seqs(id)).toEqual([1]);
});

test("every field comes back as it was given", async () => {
  const id = await organization();
  const event = preparedEvent(randomUUID(), {
    occurred_at: "2026-06-12T14:30:22.123Z",
    actor: { type: "user", id: "u1", name: "Alice “Q” O'Hara\\", email: "alice@company.com" },
    on_behalf_of: [{ type: "agent", id: "a1" }],
    resource: { type: "notebook", id: "n1", name: "Sales — Q2 😀" },
    related_resources: [{ type: "database", id: "d1" }],
    team: { id: "t1", name: "Finance" },
    error: { code: "E1", message: "no" },
    operation_id: "op",
    reason: "because",
    duration_ms: 245.5,
    rows_returned: 10,
    rows_affected: 9_007_199_254_740_991,
    counts: { cells: 5 },
    context: { ip: "2001:db8::1", user_agent: "x", session_id: "s", request_id: "r" },
    changes: { before: { title: "Report" }, after: { title: "Q2", tags: ["a", null, 1.5] } },
    metadata: { nested: { deep: [1, { x: "y" }] } },
    idempotency_key: "k",
  });
  await store.append(id, [{ event: { ...event, raw: { vendor: [1, "two"] } }, payloadHash: payloadHash({}) }]);
  const found = await store.readEvent(id, { id: event.id, query: everything });
  const { raw: _raw, ...expected } = event;
  expect(found?.event).toEqual({ ...expected, seq: 1 });
  expect(found?.raw).toEqual({ vendor: [1, "two"] });
});

test("a month that nobody prepared is made when its first event comes, once, however many come at once", async () => {
  const id = await organization();
  const old = (month: number) => ({ event: preparedEvent(randomUUID(), { occurred_at: new Date(Date.UTC(2014, month, 3)).toISOString() }) });
  await Promise.all(Array.from({ length: 12 }, (_, at) => store.append(id, [old(at % 3), old((at + 1) % 3)])));
  const partitions = (await store.listPartitions()).map(({ name }) => name);
  expect(partitions).toEqual(expect.arrayContaining(["events_2014_01", "events_2014_02", "events_2014_03"]));
  expect(await seqs(id)).toHaveLength(24);
});

test.each(["update events set action = 'x'", "delete from events", "truncate events"])("the database refuses to run: %s", async (statement) => {
  const id = await organization();
  await store.append(id, [plain()]);
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false });
  await expect(sql.unsafe(statement)).rejects.toThrow("events are append-only");
  await sql.end();
});

test("a filter by a rare value is answered by the token index", async () => {
  const id = await organization();
  for (let batch = 0; batch < 5; batch += 1) {
    await store.append(
      id,
      Array.from({ length: 1_000 }, (_, at) => ({ event: preparedEvent(randomUUID(), { actor: { type: "user", id: `u${batch * 1_000 + at}` } }) })),
    );
  }
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false });
  await sql`vacuum analyze events`;
  const condition = indexCondition(sql, id, equals("actor.id", "u4711"));
  const plan = await sql`explain select * from events where organization_id = ${id} and ${condition ?? sql`false`}`;
  await sql.end();
  expect(JSON.stringify(plan)).toContain("tokens_idx");
});

test("a page of the system log is answered by an index of its own", async () => {
  const id = await organization();
  const sql = postgres(ownerUrl, { max: 1, fetch_types: false });
  await store.append(
    id,
    Array.from({ length: 3_000 }, (_, at) => ({
      event: preparedEvent(randomUUID(), { log_type: at % 1_000 ? "activity" : "system", actor: { type: "user", id: `a${at}` } }),
    })),
  );
  await sql`vacuum analyze events`;
  const system =
    await sql`explain select * from events where organization_id = ${id} and ${indexCondition(sql, id, equals("log_type", "system")) ?? sql`false`}`;
  expect(JSON.stringify(system)).toContain("organization_id_occurred_at_id_idx");
  await sql.end();
  expect((await store.search(id, { query: equals("log_type", "system"), limit: 10 })).events).toHaveLength(3);
});
