import type { EventRow } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeEvents, rowOf } from "../../testing/fake-events.ts";
import { flatRows, insertLive, isBefore, type EventPage } from "./event-pages.ts";

const newest = Date.parse("2026-11-20T12:00:00Z");
const rows = fakeEvents(60, newest).map(rowOf);

const paged = (all: readonly EventRow[], size: number, open = false): EventPage[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, page) => {
    const end = (page + 1) * size;
    return { events: all.slice(page * size, end), nextCursor: end < all.length || open ? String(end) : null, completeUntil: "", lastSeq: 0 };
  });
const ids = (list: readonly EventRow[]) => list.map(({ id }) => id);

test("pages become one list, each event once, in order", () => {
  const pages = paged(rows, 20);
  const repeated: EventPage = { events: [...rows.slice(15, 20), ...(pages[1]?.events ?? [])], nextCursor: null, completeUntil: "", lastSeq: 0 };
  expect(ids(flatRows(pages))).toEqual(ids(rows));
  expect(ids(flatRows([...pages.slice(0, 1), repeated]))).toEqual(ids(rows.slice(0, 40)));
});

test("the same pages give the identical list, so nothing is drawn again", () => {
  const pages = paged(rows, 20);
  expect(flatRows(pages)).toBe(flatRows([...pages]));
});

test("a thousand events of one instant are all there, ordered by id", () => {
  const crowd = Array.from({ length: 1000 }, (_, index) => ({ ...rows[0]!, id: String(9999 - index) }));
  expect(flatRows(paged(crowd, 100))).toHaveLength(1000);
  expect(crowd.every((row, index) => index === 0 || isBefore(crowd[index - 1]!, row))).toBe(true);
});

test("live events, late ones too, land where paging would have put them, in any order of arrival", () => {
  fc.assert(
    fc.property(fc.subarray(rows, { maxLength: 20 }), fc.integer({ min: 1, max: 25 }), fc.infiniteStream(fc.double({ noNaN: true })), (live, size, order) => {
      const loaded = rows.filter((row) => !live.includes(row));
      fc.pre(loaded.length > 0);
      const arrived = live
        .map((row) => ({ row, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row);
      expect(ids(flatRows(insertLive(paged(loaded, size), [...arrived, ...arrived])))).toEqual(ids(rows));
    }),
  );
});

test("an event behind the last loaded page waits for its page", () => {
  const pages = paged(rows.slice(0, 20), 20, true);
  expect(flatRows(insertLive(pages, [rows[40]!]))).toHaveLength(20);
});

test("the first event of an empty list appears", () => {
  expect(ids(flatRows(insertLive([{ events: [], nextCursor: null, completeUntil: "", lastSeq: 0 }], rows.slice(0, 2))))).toEqual(ids(rows.slice(0, 2)));
});
