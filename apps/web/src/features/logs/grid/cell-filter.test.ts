import { expect, test } from "vitest";
import { fakeEvents, rowOf } from "../../../testing/fake-events.ts";
import { around, caseOf, filteredBy, filterOf, filterText, sharing } from "./cell-filter.ts";

const [first] = fakeEvents(1, Date.parse("2026-11-20T12:00:00Z")).map(rowOf);
if (!first) throw new Error("There is one event.");
const alice = { ...first, actor: { type: "user" as const, id: "u_alice", name: "Alice Chen", email: "alice@company.com" }, ip: "10.0.0.1" };

test("a person is found by their address, a stranger by being one, an address by itself", () => {
  expect(filterOf(alice, "actor")).toEqual({ key: "actor", value: "alice@company.com" });
  expect(filterOf({ ...alice, actor: { type: "anonymous" } }, "actor")).toEqual({ key: "actor_type", value: "anonymous" });
  expect(filterOf(alice, "ip")).toEqual({ key: "ip", value: "10.0.0.1" });
  expect(filterOf({ ...alice, ip: null }, "ip")).toBeNull();
  expect(filterOf(alice, "time")).toBeNull();
});

test("including adds a value, excluding turns it round, and only drops the others of its kind", () => {
  const actor = { key: "actor", value: "alice@company.com" } as const;
  const before = { q: "status:failed actor:bob@company.com", range: "7d" };
  expect(filteredBy(before, actor, "include").q).toMatch(/actor:\((bob@company.com OR alice@company.com|alice@company.com OR bob@company.com)\)/);
  expect(filteredBy(filteredBy({}, actor, "include"), actor, "exclude").q).toBe("-actor:alice@company.com");
  const only = filteredBy(before, actor, "only");
  expect(only.q).toContain("actor:alice@company.com");
  expect(only.q).not.toContain("bob");
  expect(only).toMatchObject({ range: "7d" });
});

test("a filter is copied as it would be typed", () => {
  expect(filterText({ key: "resource", value: "orders table" })).toBe('resource:"orders table"');
});

test("the minutes around an event take in everything, and keep it open", () => {
  const there = around({ q: "status:failed", range: "7d", cols: "csv-order" }, alice);
  expect(there).toMatchObject({ event: alice.id, cols: "csv-order" });
  expect(there).not.toHaveProperty("q");
  expect(there).not.toHaveProperty("range");
  expect([there.from, there.to].map((at) => Math.abs(Date.parse(at ?? "") - Date.parse(alice.occurred_at)))).toEqual([300_000, 300_000]);
});

test("one session is shown whole, whenever it was", () => {
  expect(sharing({ q: "status:failed", range: "7d", fold: "0" }, { key: "session", value: "s_1" })).toEqual({ q: "session:s_1", fold: "0" });
});

test("whom or what a cell names can be looked into: a person by their address, a thing from its own cell and from the sentence", () => {
  const change = { ...alice, resource: { type: "database", id: "db_1", name: "sales_db" } };
  expect(caseOf(change, "actor")).toEqual({ recipe: "one_user", kind: "actor", subject: "alice@company.com" });
  for (const column of ["resource", "event"] as const)
    expect(caseOf(change, column)).toEqual({ recipe: "what_changed", kind: "resource", subject: "sales_db" });
  expect(caseOf({ ...change, resource: null }, "event")).toBeNull();
  expect([caseOf({ ...change, actor: { type: "anonymous" } }, "actor"), caseOf(change, "ip")]).toEqual([null, null]);
});
