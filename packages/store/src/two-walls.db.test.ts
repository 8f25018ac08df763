import { randomUUID } from "node:crypto";
import { allOf, equals, everything, facetKeys, text } from "@daybook/query";
import { rewritingProxy, testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import { afterAll, expect, test } from "vitest";
import { consumers, mails, members, openStore, operations, organizations, purgeEvents, reportFigures, schema, sightings, sources } from "./index.ts";
import type { Store } from "./index.ts";
import { preparedEvent } from "./testing.ts";

/** Stands in every row of an organization. */
const marker = { own: "acme-own-row", foreign: "globex-foreign-row" };
const id = { own: "01980000-0000-7000-8000-00000000000a", foreign: "01980000-0000-7000-8000-00000000000b" };
const eventId = { own: randomUUID(), foreign: randomUUID() };
const at = new Date("2026-11-10T10:00:00Z");

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

function open(url: string): Store {
  const store = openStore({ url, applicationName: "walls", max: 2 });
  closers.push(() => store.close());
  return store;
}

async function filled(): Promise<TestDatabase> {
  const database = await testDatabase();
  closers.push(() => database.close());
  const store = openStore({ url: database.url, applicationName: "filler", max: 2 });
  await store.ensurePartitions([at]);
  for (const side of ["own", "foreign"] as const) await fill(store, side);
  await store.close();
  return database;
}

async function fill(store: Store, side: "own" | "foreign"): Promise<void> {
  const [name, organizationId, userId] = [marker[side], id[side], randomUUID()];
  await store.platformTransaction(async (tx) => {
    await organizations.insert(tx, { id: organizationId, name, slug: name, timeZone: "UTC" });
    await members.insertUser(tx, { id: userId, accountId: randomUUID(), name, email: `${name}@example.com`, passwordHash: "-" });
    await members.insert(tx, { organizationId, userId, role: "owner" });
  });
  // The same values on both sides, so that no other condition tells the rows apart.
  const event = (eventIdOf: string) => ({
    event: preparedEvent(eventIdOf, {
      occurred_at: at.toISOString(),
      actor: { type: "user", id: "shared", name },
      resource: { type: "notebook", id: "shared", name },
      operation_id: "shared",
      team: { id: "shared", name },
    }),
  });
  await store.append(organizationId, [event(eventId[side]), ...Array.from({ length: 30 }, () => event(randomUUID()))]);
  await store.transaction(organizationId, async (tx) => {
    const consumer = consumers.rollUpConsumer;
    await consumers.lockCursor(tx, organizationId, consumer);
    await consumers.moveCursor(tx, organizationId, { name: consumer, to: await consumers.rollUp(tx, organizationId, { afterSeq: 0, limit: 1_000 }) });
    await operations.fold(tx, organizationId, { afterSeq: 0, limit: 1_000 });
    await tx.insert(schema.teams).values({ organizationId, id: randomUUID(), name, createdAt: at });
    await tx.insert(schema.sources).values({ organizationId, id: randomUUID(), kind: "dbt", name, settings: {} });
    await tx.insert(schema.mails).values({
      organizationId,
      id: randomUUID(),
      kind: "alert",
      messageId: name,
      subject: name,
      html: "",
      text: "",
      recipients: [name],
      state: "sent",
      nextAttemptAt: at,
      about: { resource: { type: "incident", id: "shared" } } as never,
    });
  });
}

/** What the own organization asks; what is asked for by id is the other's. */
const asked: Record<string, (store: Store) => Promise<unknown>> = {
  list: (store) => store.search(id.own, { query: everything, limit: 100 }),
  "search by actor": (store) => store.search(id.own, { query: equals("actor.id", "shared"), limit: 100 }),
  "search by word": (store) => store.search(id.own, { query: text(["row"]), limit: 100 }),
  "search by two fields": (store) => store.search(id.own, { query: allOf(equals("team.id", "shared"), equals("action", "notebook_created")), limit: 100 }),
  "one event": (store) => store.readEvent(id.own, { id: eventId.foreign, query: everything }),
  rows: (store) => store.rows(id.own, { ids: [eventId.foreign, eventId.own], query: everything }),
  feed: (store) => store.feed(id.own, { afterSeq: 0, query: everything, limit: 100 }),
  tail: (store) => store.tail(id.own, { afterSeq: 0, query: everything, limit: 100 }),
  "events of an operation": (store) => store.operationEvents(id.own, { operationId: "shared", query: everything, limit: 100 }),
  "first events of an operation": (store) =>
    store.firstOperationEvents(id.own, { operationId: "shared", query: everything, limit: 100, from: "2026-11-01T00:00:00Z" }),
  "last words of an operation": (store) => store.operationWords(id.own, { operationId: "shared", query: everything, limit: 100, afterSeq: 0 }),
  "words of operations": (store) => store.wordsOfOperations(id.own, { query: everything, limit: 100 }),
  "facet from hours": (store) =>
    store.facets(id.own, { query: everything, keys: ["action"], limit: 100 }).then((groups) => groups.map(({ values }) => values.map(({ count }) => count))),
  "facet from events": (store) =>
    store
      .facets(id.own, { query: equals("actor.id", "shared"), keys: [...facetKeys], limit: 100 })
      .then((groups) => groups.map(({ values }) => values.map(({ count }) => count))),
  "count up to": (store) => store.countUpTo(id.own, { query: equals("actor.id", "shared"), max: 100 }),
  "histogram from hours": (store) => store.countEvents(id.own, everything).then(({ total }) => total),
  "histogram from events": (store) => store.countEvents(id.own, equals("actor.id", "shared")).then(({ total }) => total),
  "figures of reports": (store) =>
    reportFigures
      .read(store.of(id.own), id.own, { from: new Date("2026-11-10T00:00:00Z"), to: new Date("2026-11-11T00:00:00Z") })
      .then((rows) => rows.reduce((total, { events }) => total + events, 0)),
  "how many events": (store) => purgeEvents.countBefore(store.of(id.own), id.own, new Date("2027-01-01T00:00:00Z")),
  organization: (store) => organizations.find(store.of(id.own), id.foreign),
  "mail addresses of owners": (store) => members.emailsOf(store.of(id.own), id.own, ["owner"]),
  sources: (store) => sources.list(store.of(id.own), id.own),
  mails: (store) => mails.list(store.of(id.own), id.own, { limit: 100 }),
  "mails about something": (store) => mails.about(store.of(id.own), id.own, ["shared"]),
  operations: (store) => operations.list(store.of(id.own), id.own, { state: "any", silentSince: at, before: null, limit: 100 }),
  sightings: (store) => sightings.among(store.of(id.own), id.own, ["notebook_created"]),
  "in a transaction": (store) => store.transaction(id.own, (tx) => tx.select().from(schema.teams)),
};

/** Own events are 31; what counts both organizations says 62. */
const leaks = (answer: unknown): boolean => {
  const told = JSON.stringify(answer) ?? "";
  return (
    told.includes(marker.foreign) ||
    told.includes(id.foreign) ||
    told.includes(eventId.foreign) ||
    /\b62\b/.test(told) ||
    (Array.isArray(answer) && answer.length > 1 && answer.every((row) => row && typeof row === "object" && "lastSeen" in row))
  );
};

/** Takes the store's own predicate out of statements on their way; the parameter stays in use, as PostgreSQL wants it. */
function stripping() {
  const statements = new Set<string>();
  const rewrite = (statement: string): string => {
    const without = statement
      .replace(/(?:"?\w+"?\.)?"?organization_id"?\s*=\s*(\$\d+)(?:::uuid)?/g, "$1::uuid is not null")
      .replace(/"organizations"\."id" = (\$\d+)/g, "$1::uuid is not null");
    if (without !== statement) statements.add(without);
    return without;
  };
  return { statements, rewrite };
}

async function withoutPredicate(url: string) {
  const { statements, rewrite } = stripping();
  const proxy = await rewritingProxy(url, rewrite);
  closers.push(() => proxy.close());
  return { store: open(proxy.url), statements };
}

/** Row security off, and the view without its condition: as for an owner or a superuser. */
const openTheTables = (database: TestDatabase) =>
  database.asOwner(`
    do $$ declare t regclass; begin
      for t in select oid::regclass from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity loop
        execute format('alter table %s disable row level security', t);
      end loop;
    end $$;
    create or replace view organization_events as select * from events`);

const cardinalityViolation = "21000";

async function leaksOf(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const [name, ask] of Object.entries(asked)) {
    // A subquery for one row that finds one of each organization has seen too much as well.
    const answer = await ask(store).catch((error: { cause?: { code?: string } }) => {
      if (error.cause?.code !== cardinalityViolation) throw error;
      return marker.foreign;
    });
    if (leaks(answer)) found.push(name);
  }
  return found;
}

test("with the store's predicate taken out of every statement, row security alone shows no row of another organization", async () => {
  const { store, statements } = await withoutPredicate((await filled()).url);
  expect(await leaksOf(store)).toEqual([]);
  expect(statements.size).toBeGreaterThanOrEqual(20);
  // It does see its own.
  expect((await store.search(id.own, { query: everything, limit: 100 })).events).toHaveLength(31);
});

test("with row security off, the store's predicate alone shows no row of another organization", async () => {
  const database = await filled();
  await openTheTables(database);
  // These ask for what no predicate of theirs hides: an organization by its own id, and a statement that names none.
  const unguarded = new Set(["organization", "in a transaction"]);
  expect((await leaksOf(open(database.url))).filter((name) => !unguarded.has(name))).toEqual([]);
});

test("with both walls down these questions do show the other organization, so that the tests above prove something", async () => {
  const database = await filled();
  await openTheTables(database);
  const { store } = await withoutPredicate(database.url);
  const found = await leaksOf(store);
  // A value's token is salted with its organization: what is found by token alone is guarded a third time. And of two organizations `find` takes the first.
  const guardedOtherwise = ["events of an operation", "last words of an operation", "organization"];
  expect(Object.keys(asked).filter((name) => !found.includes(name))).toEqual(guardedOtherwise);
});
