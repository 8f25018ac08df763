import fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, anyOf, equals, everything, not, nothing, occurred, text } from "./ast.ts";
import type { Query } from "./ast.ts";
import { describe } from "./describe.ts";
import type { Searchable } from "./fields.ts";
import { queryOf } from "./filter.ts";
import { foldCase, matches } from "./matches.ts";

const event: Searchable = {
  id: "01900000-0000-7000-8000-000000000001",
  occurred_at: "2026-11-21T12:00:00.000Z",
  log_type: "activity",
  action: "database_updated",
  namespace: "databases",
  operation: "updated",
  actor: { type: "user", id: "u1", name: "Alice Chen", email: "alice@company.com" },
  on_behalf_of: [{ type: "user", id: "u9" }],
  resource: { type: "database", id: "d1", name: "sales_db" },
  team: null,
  status: "success",
  operation_id: null,
  origin: "interface",
  description: "Updated database “sales_db”",
  context: { ip: "192.168.1.100" },
  source: "api",
  import_id: null,
};

test.each<[string, Query, boolean]>([
  ["everything", everything, true],
  ["nothing", nothing, false],
  ["an equal value", equals("actor.email", "alice@company.com"), true],
  ["any of several values", equals("status", "failed", "success"), true],
  ["another value", equals("resource.name", "sales"), false],
  ["a missing value", equals("team.id", "t1"), false],
  ["not a missing value", not(equals("team.id", "t1")), true],
  ["did", equals("did_or_caused", "u1"), true],
  ["caused", equals("did_or_caused", "u9"), true],
  ["caused is not did", equals("actor.id", "u9"), false],
  ["from is inclusive", occurred({ from: "2026-11-21T12:00:00Z" }), true],
  ["to is exclusive", occurred({ to: "2026-11-21T12:00:00Z" }), false],
  ["words in any field, any case", text(["ALICE", "sales", "192.168.1"]), true],
  ["a word that is nowhere", text(["alice", "bob"]), false],
  ["no word spans two fields", text(["chenalice"]), false],
])("%s", (_, query, expected) => {
  expect(matches(query, event)).toBe(expected);
});

test("all and any and not follow the laws of logic", () => {
  const leaf = fc.constantFrom<Query>(everything, nothing, equals("status", "success"), equals("actor.id", "u9"), text(["sales"]));
  fc.assert(
    fc.property(leaf, leaf, (a, b) => {
      expect(matches(not(allOf(a, b)), event)).toBe(matches(anyOf(not(a), not(b)), event));
      expect(matches(allOf(a, everything), event)).toBe(matches(a, event));
      expect(matches(anyOf(a, nothing), event)).toBe(matches(a, event));
    }),
  );
});

test("a filter asks for all of its parts, and says so in words", () => {
  const query = queryOf({ actor: ["alice@company.com"], operation: ["updated"], resourceType: ["database"], status: ["success"], q: "sales 192" });
  expect(matches(query, event)).toBe(true);
  expect(matches(queryOf({ status: ["failed"] }), event)).toBe(false);
  expect(describe(queryOf({ status: ["failed"], q: "sales" }))).toBe('status is "failed" and text contains "sales"');
  expect(queryOf({})).toEqual(everything);
});

test("letters fold one to one", () => {
  expect(foldCase("ÉCOLE İΣ")).toBe("école iσ");
});
