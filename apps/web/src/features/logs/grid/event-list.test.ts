import type { EventRow } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeEvents, rowOf } from "../../../testing/fake-events.ts";
import { EventList, heldRowsMax, isRow, pageRows, type AskPage, type EventPage } from "./event-list.ts";
import { isBefore } from "./event-order.ts";

const newest = Date.parse("2026-11-20T12:00:00Z");
const rows = fakeEvents(400, newest).map(rowOf);
const [template] = rows;
if (!template) throw new Error("There is at least one event.");

/** `count` events, `crowd` of them in each instant. */
const many = (count: number, crowd = 1): EventRow[] =>
  Array.from({ length: count }, (_, index) => ({
    ...template,
    operation_id: null,
    id: String(count - index).padStart(12, "0"),
    seq: count - index,
    occurred_at: new Date(newest - Math.floor(index / crowd) * 1_000).toISOString(),
  }));

/** Keyset pages over a log that may grow while it is read. `short` answers may run out of time after so many rows. */
class Server {
  asked = 0;
  log: EventRow[];
  constructor(log: readonly EventRow[]) {
    this.log = [...log].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }
  add(event: EventRow): void {
    this.log = [...this.log, event].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }
  readonly ask: AskPage = async (cursor, _, limit) => this.page(cursor, limit);
  page(cursor?: string, limit = pageRows): EventPage {
    this.asked += 1;
    const after = cursor === undefined ? null : { occurred_at: cursor.slice(0, 24), id: cursor.slice(24) };
    const rest = after ? this.log.filter((row) => isBefore(after, row)) : this.log;
    const events = rest.slice(0, limit);
    const last = events.at(-1);
    return {
      events,
      nextCursor: rest.length > events.length && last ? last.occurred_at + last.id : null,
      completeUntil: new Date(newest).toISOString(),
      lastSeq: 0,
      searchedTo: null,
    };
  }
  list = () => new EventList(this.page(), this.ask);
}
const settled = () => new Promise((settle) => setTimeout(settle, 0));
const idsOf = (list: EventList) => list.state().slots.map((slot) => (isRow(slot) ? slot.id : slot));
async function loadAll(list: EventList) {
  while (!list.state().isWhole) await list.loadOlder();
}

test("two crowds of 500 events with one instant each are all there, each once, in the order of the log", async () => {
  const server = new Server(many(1_000, 500));
  const list = server.list();
  await loadAll(list);
  expect(idsOf(list)).toEqual(server.log.map(({ id }) => id));
});

test("live events, late ones too, land where paging would have put them, whatever their order and whatever is loaded", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(rows, { minLength: 1, maxLength: 25 }),
      fc.nat({ max: 4 }),
      fc.infiniteStream(fc.double({ noNaN: true })),
      async (live, pages, order) => {
        const server = new Server(rows.filter((row) => !live.includes(row)));
        const list = server.list();
        for (let page = 0; page < pages; page += 1) await list.loadOlder();
        const arrived = live
          .map((row) => ({ row, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        for (const event of arrived) server.add(event);
        list.insert([...arrived, ...arrived]);
        await loadAll(list);
        expect(idsOf(list)).toEqual(rows.map(({ id }) => id));
      },
    ),
  );
});

test("an event that arrives while older ones are fetched is not lost", async () => {
  const log = many(301);
  const server = new Server(log.slice(1));
  const list = server.list();
  const fetching = list.loadOlder();
  list.insert(log.slice(0, 1));
  await fetching;
  expect(idsOf(list).slice(0, 2)).toEqual(log.slice(0, 2).map(({ id }) => id));
});

test("no more rows are held than the bound, the rest keeps its place, and comes back when the reader does", async () => {
  const log = many(heldRowsMax + 1_500);
  const server = new Server(log);
  const list = server.list();
  await loadAll(list);
  list.lookAt(log.length - 40, log.length - 1);
  const held = () => list.state().slots.filter(isRow).length;
  expect(held()).toBeLessThanOrEqual(heldRowsMax);
  expect(list.state().slots).toHaveLength(log.length);
  expect(idsOf(list).slice(0, pageRows)).toEqual(log.slice(0, pageRows).map(({ id }) => id));
  expect(idsOf(list)[150]).toBe("gap");
  list.lookAt(140, 180);
  await settled();
  expect(idsOf(list).slice(100, 200)).toEqual(log.slice(100, 200).map(({ id }) => id));
  expect(held()).toBeLessThanOrEqual(heldRowsMax + pageRows);
});

test("a reader who rushes through rows that had been let go has few requests on the way, and in the end the rows where the list rests", async () => {
  const server = new Server(many(heldRowsMax + 6_000));
  const list = server.list();
  await loadAll(list);
  list.lookAt(heldRowsMax + 5_900, heldRowsMax + 5_940);
  const before = server.asked;
  for (let at = 500; at < 5_000; at += 100) list.lookAt(at, at + 40);
  expect(server.asked - before).toBeLessThanOrEqual(4);
  for (let turn = 0; turn < 10; turn += 1) await settled();
  expect(list.state().slots.slice(4_900, 4_940).every(isRow)).toBe(true);
  // No row is there that was not there before, not even for a moment: nothing moves under the reader.
  expect(list.state().slots).toHaveLength(server.log.length);
  expect(idsOf(list).slice(4_900, 4_940)).toEqual(server.log.slice(4_900, 4_940).map(({ id }) => id));
  expect(server.asked - before).toBeLessThan(15);
});

test("what came late into rows that had been let go is there when they are fetched again, and nothing is there twice", async () => {
  const log = many(heldRowsMax + 1_000);
  const late = log.filter((_, index) => index >= 300 && index < 460 && index % 2 === 0);
  const server = new Server(log.filter((row) => !late.includes(row)));
  const list = server.list();
  await loadAll(list);
  list.lookAt(log.length - 200, log.length - 150);
  expect(idsOf(list)[320]).toBe("gap");
  for (const event of late) server.add(event);
  for (let turn = 0; turn < 10; turn += 1) {
    list.lookAt(100, 520);
    await settled();
  }
  expect(idsOf(list).slice(100, 500)).toEqual(log.slice(100, 500).map(({ id }) => id));
});

test("a search that runs out of time goes on by itself, says how far it came, and stops when it is told to", async () => {
  const [found] = many(1);
  if (!found) throw new Error("One event was asked for.");
  const said: (string | null)[] = [];
  let stop = 9;
  const ask: AskPage = async (cursor) => {
    const day = Number(cursor);
    if (day === stop) list.stop();
    return { events: day === 3 ? [found] : [], nextCursor: String(day + 1), completeUntil: "", lastSeq: 0, searchedTo: `2026-11-${20 - day}` };
  };
  const list = new EventList({ events: [], nextCursor: "1", completeUntil: "", lastSeq: 0, searchedTo: "2026-11-20" }, ask);
  list.subscribe(() => {
    const { older } = list.state();
    if (older.is === "loading") said.push(older.searchedTo);
  });
  await list.loadOlder();
  expect(list.state().older).toEqual({ is: "stopped", searchedTo: "2026-11-12" });
  expect(said.slice(0, 3)).toEqual(["2026-11-20", "2026-11-19", "2026-11-18"]);
  expect(idsOf(list)).toEqual([found.id]);
  stop = -1;
  await list.loadOlder();
  expect(list.state().older).toMatchObject({ is: "stopped" });
  expect(said.length).toBeLessThan(35);
});

test("an event within what a short answer searched through is put in, one behind it is left to the search", () => {
  const log = many(50);
  const [first, , third] = log;
  if (!first || !third) throw new Error("There are fifty events.");
  const searchedTo = log[40]?.occurred_at ?? null;
  const list = new EventList({ events: [first], nextCursor: "x", completeUntil: "", lastSeq: 0, searchedTo }, () => Promise.reject(new Error("unasked")));
  expect(list.insert([third, ...log.slice(45)]).map(({ id }) => id)).toEqual([third.id]);
  expect(list.lastSeq).toBe(Math.max(...[third, ...log.slice(45)].map(({ seq }) => seq)));
});

test("the first event of an empty list appears", () => {
  const list = new EventList({ events: [], nextCursor: null, completeUntil: "", lastSeq: 0, searchedTo: null }, () => Promise.reject(new Error("unasked")));
  list.insert(rows.slice(1, 2));
  list.insert(rows.slice(0, 1));
  expect(idsOf(list)).toEqual(rows.slice(0, 2).map(({ id }) => id));
});

test("rows that could not be fetched again are not asked for over and over, but when the reader says so", async () => {
  const log = many(heldRowsMax + 1_000);
  const server = new Server(log);
  let fails = false;
  let refused = 0;
  const list = new EventList(server.page(), (cursor, signal) => {
    if (!fails) return server.ask(cursor, signal, pageRows + 1);
    refused += 1;
    return Promise.reject(new Error("out of order"));
  });
  await loadAll(list);
  list.lookAt(log.length - 200, log.length - 150);
  fails = true;
  for (let turn = 0; turn < 5; turn += 1) {
    list.lookAt(320, 360);
    await settled();
  }
  expect(refused).toBe(1);
  expect(list.state().gapError).toBeInstanceOf(Error);
  fails = false;
  list.retryGaps();
  await settled();
  expect(list.state().gapError).toBeUndefined();
  expect(idsOf(list)[320]).toBe(log[320]?.id);
});

test("a page that fails says so, and asking again goes on where it stopped", async () => {
  const server = new Server(many(250));
  let fails = true;
  const list = new EventList(server.page(), (cursor, signal) => (fails ? Promise.reject(new Error("out of order")) : server.ask(cursor, signal)));
  await list.loadOlder();
  expect(list.state().older).toMatchObject({ is: "failed" });
  fails = false;
  await loadAll(list);
  expect(idsOf(list)).toEqual(server.log.map(({ id }) => id));
});
