import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogsSearch } from "../logs/logs-search.ts";
import { differenceWords, narrowed, overlaid, readState, stateOf, type ViewState } from "./view-state.ts";

const id = "0193cccc-0000-7000-8000-000000000001";
const state: ViewState = { q: "status:failed", range: "7d", cols: "time,actor", density: "compact" };
const view = { id, state };

test("a view that nobody changed is its id in the URL and nothing else", () => {
  expect(narrowed(view, state)).toEqual({ view: id });
  expect(overlaid(state, { view: id })).toEqual(state);
});

test.each<[string, LogsSearch, LogsSearch]>([
  ["another search", { ...state, q: "status:success" }, { q: "status:success" }],
  ["one parameter more", { ...state, by: "operation" }, { by: "operation" }],
  ["no search", { range: "7d", cols: "time,actor", density: "compact" }, { without: "q" }],
  ["instants for a token", { ...withoutRange(state), from: "2026-11-01T00:00:00.000Z" }, { from: "2026-11-01T00:00:00.000Z" }],
  ["all time", withoutRange(state), { without: "range" }],
  ["an open event, which is no part of a view", { ...state, event: id, tab: "raw" }, { event: id, tab: "raw" }],
])("%s adds what differs to the URL", (_title, next, expected) => {
  expect(narrowed(view, next)).toEqual({ ...expected, view: id });
  expect(overlaid(state, narrowed(view, next))).toEqual(next);
});

test("whatever is changed in whatever view, the URL leads back to it, and says nothing where nothing differs", () => {
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const range = fc.oneof(
    fc.constant({}),
    fc.record({ range: fc.constantFrom("7d", "today", "3h") }),
    fc.record({ from: fc.constantFrom("2026-11-01T00:00:00.000Z", "2026-10-01T00:00:00.000Z") }),
    fc.record({ from: fc.constant("2026-11-01T00:00:00.000Z"), to: fc.constantFrom("2026-11-02T00:00:00.000Z", "2026-11-03T00:00:00.000Z") }),
  );
  const others = fc.record({
    q: maybe(fc.constantFrom("status:failed", "status:success", "foo:bar")),
    tz: maybe(fc.constantFrom("utc", "mine")),
    cols: maybe(fc.constantFrom("default", "time,actor")),
    density: maybe(fc.constantFrom("compact", "cosy")),
    fold: maybe(fc.constant("0")),
    by: maybe(fc.constantFrom("operation", "actor_type")),
  });
  const anyState = fc.tuple(range, others).map(([one, more]) => stateOf({ ...one, ...more } as LogsSearch));
  const beside = fc.constantFrom<LogsSearch>({}, { event: id }, { case: id }, { as: id });
  fc.assert(
    fc.property(anyState, anyState, beside, (saved, wanted, open) => {
      const next = { ...wanted, ...open };
      const address = narrowed({ id, state: saved }, next);
      expect(overlaid(saved, address)).toEqual(next);
      expect(Object.keys(stateOf(address)).length === 0 && address.without === undefined).toBe(differenceWords(saved, next).length === 0);
    }),
  );
});

describe("a state from the server", () => {
  test("is read as a link is: canonical, without values that nobody knows", () => {
    expect(readState({ q: "is:failed", density: "huge", range: "7d", unknown: "x" })).toEqual({ q: "status:failed", range: "7d" });
  });

  test("keeps a search that is not understood whole as it stands", () => {
    expect(readState({ q: "status:failed colour:red" })).toEqual({ q: "status:failed colour:red" });
  });
});

test("what differs is said in words", () => {
  expect(differenceWords(state, { ...state, q: "x", from: "2026-11-01T00:00:00.000Z", cols: "default" })).toEqual(["search", "time range", "columns"]);
});

function withoutRange(from: ViewState): ViewState {
  const { range: _, ...rest } = from;
  return rest;
}
