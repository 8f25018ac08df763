import type { EventRow, Status } from "@daybook/event";
import { expect, test } from "vitest";
import { fakeEvents, rowOf } from "../../../testing/fake-events.ts";
import { EventList } from "./event-list.ts";
import { shownRows } from "./fold.ts";

const [template] = fakeEvents(1, 0).map(rowOf);
if (!template) throw new Error("There is one event.");
const event = (minute: number, status: Status, operation_id: string | null): EventRow => ({
  ...template,
  id: `m${String(minute).padStart(3, "0")}`,
  occurred_at: new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString(),
  status,
  operation_id,
});

const nobody = () => Promise.reject(new Error("unasked"));
/** As the list would hold them, newest first. */
const stateOf = (...events: EventRow[]) =>
  new EventList({ events: events.toReversed(), nextCursor: null, completeUntil: "", lastSeq: 0, searchedTo: null }, nobody).state();
const idsOf = (rows: ReturnType<typeof shownRows>) => Array.from({ length: rows.length }, (_, index) => rows.at(index)?.id);
const none = new Set<string>();

test("what began stands inside the row that ended it, and is shown when that is opened", () => {
  const state = stateOf(event(1, "in_progress", "a"), event(2, "success", null), event(3, "success", "a"));
  const folded = shownRows(state, true, none);
  expect(idsOf(folded)).toEqual(["m003", "m002"]);
  expect(folded.inside("m003").map(({ id }) => id)).toEqual(["m001"]);
  expect(folded.hidden).toBe(1);
  const opened = shownRows(state, true, new Set(["m003"]));
  expect(idsOf(opened)).toEqual(["m003", "m001", "m002"]);
  expect([0, 1, 2].map(opened.isInside)).toEqual([false, true, false]);
  expect(opened.slotOf(1)).toBe(2);
});

test("without folding each event has a row of its own", () => {
  const state = stateOf(event(1, "in_progress", "a"), event(3, "success", "a"));
  expect(idsOf(shownRows(state, false, none))).toEqual(["m003", "m001"]);
});

test("what still runs, what runs again, and what merely shares an operation keeps its row", () => {
  const running = stateOf(event(1, "in_progress", "a"), event(2, "success", "b"));
  expect(idsOf(shownRows(running, true, none))).toEqual(["m002", "m001"]);
  const again = stateOf(event(1, "in_progress", "a"), event(2, "failed", "a"), event(3, "in_progress", "a"));
  expect(idsOf(shownRows(again, true, none))).toEqual(["m003", "m002"]);
  const together = stateOf(event(1, "success", "a"), event(2, "success", "a"));
  expect(idsOf(shownRows(together, true, none))).toEqual(["m002", "m001"]);
});

test("all beginnings stand inside the newest end", () => {
  const state = stateOf(event(1, "in_progress", "a"), event(2, "pending_approval", "a"), event(3, "success", "a"), event(4, "success", "a"));
  const rows = shownRows(state, true, none);
  expect(idsOf(rows)).toEqual(["m004", "m003"]);
  expect(rows.inside("m004").map(({ id }) => id)).toEqual(["m002", "m001"]);
});

test("the end that arrives live takes its beginning in", () => {
  const list = new EventList({ events: [event(1, "in_progress", "a")], nextCursor: null, completeUntil: "", lastSeq: 0, searchedTo: null }, nobody);
  expect(shownRows(list.state(), true, none).length).toBe(1);
  list.insert([event(5, "success", "a")]);
  const rows = shownRows(list.state(), true, none);
  expect(idsOf(rows)).toEqual(["m005"]);
  expect(rows.inside("m005")).toHaveLength(1);
});
