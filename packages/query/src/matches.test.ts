import fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, anyOf, changed, compare, equals, everything, has, like, metadata, network, not, nothing, occurred, text } from "./ast.ts";
import type { Query } from "./ast.ts";
import { describe } from "./describe.ts";
import type { Searchable } from "./fields.ts";
import { queryOf } from "./filter.ts";
import { foldCase } from "./fold-case.ts";
import { matches } from "./matches.ts";

const event: Searchable = {
  id: "01900000-0000-7000-8000-000000000001",
  seq: 7,
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
  error: null,
  operation_id: null,
  origin: "interface",
  reason: null,
  duration_ms: 245,
  rows_returned: null,
  rows_affected: 12_000,
  description: "Updated database “sales_db” über Nacht",
  context: { ip: "192.168.1.100" },
  changes: {
    fields: [
      { path: "settings.visibility", before: "private", after: "shared" },
      { path: "limit", after: 10.5 },
      { path: "owner", before: null, after: "u1" },
      { path: "grants.kim@firm.example", after: true },
    ],
  },
  metadata: { env: "prod", tags: ["critical", 7, { deep: "no" }], run: { id: 81, dry: false, none: null }, "run.id": "dotted", "a.b": { c: 1 } },
  redactions: [],
  token_id: "t9",
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
  ["the beginning of a word", text(["comp", "db", "upd"]), true],
  ["the middle of a word", text(["atabase"]), false],
  ["the middle of a word, anywhere", { is: "text", words: ["ATABASE"], anywhere: true }, true],
  ["a term of several words", text(["alice@company.com"]), true],
  ["a term that begins with a separator", text(["@comp"]), true],
  ["a term within a word behind a separator that it lacks", text(["ompany.com"]), false],
  ["a later place where a word begins", text(["d"]), true],
  ["letters beyond ASCII part no words", text(["ber"]), false],
  ["letters beyond ASCII begin words", text(["ÜBER"]), true],
  ["a pattern, any case", like("actor.email", "ALICE@*.com"), true],
  ["a pattern fits the whole value", like("actor.name", "alice"), false],
  ["one of several patterns", like("resource.name", "x*", "*_DB"), true],
  ["pieces of a pattern do not overlap", like("actor.id", "u1*1"), false],
  ["pieces of a pattern keep their order", like("actor.name", "*chen*alice*"), false],
  ["a pattern of nothing but an asterisk", like("actor.id", "*"), true],
  ["a pattern on a missing value", like("team.name", "*"), false],
  ["a pattern fits any of those behind an act", like("did_or_caused", "u9*"), true],
  ["signs of regular expressions stand for themselves", like("actor.email", "alice.company*"), false],
  ["in a network", network("10.0.0.0/8", "192.168.1.0/24"), true],
  ["beside a network", network("192.168.2.0/24"), false],
  ["a network that is none", network("192.168.1.100", "x/8"), false],
  ["more than", compare("duration_ms", ">", 244.5), true],
  ["not more than itself", compare("duration_ms", ">", 245), false],
  ["at least itself", compare("duration_ms", ">=", 245), true],
  ["less than", compare("seq", "<", 8), true],
  ["at most", compare("seq", "<=", 6), false],
  ["the larger count of rows", compare("rows", ">", 10_000), true],
  ["a missing number is not small", compare("rows_returned", "<", 5), false],
  ["it has changes", has("changes"), true],
  ["it has no reason", has("reason"), false],
  ["a changed field by the end of its path", changed("visibility"), true],
  ["a changed field by part of its name", changed("bility"), false],
  ["a changed field with both sides", changed("visibility", { before: "private", after: "shared" }), true],
  ["a changed field with other sides", changed("visibility", { before: "shared" }), false],
  ["sides of two fields", changed("visibility", { before: "private", after: "10.5" }), false],
  ["a number that a field became", changed("limit", { after: "10.5" }), true],
  ["an absent side", changed("limit", { before: "" }), false],
  ["a side that was null", changed("owner", { before: "null" }), true],
  ["the end of an e-mail address in a path", changed("example"), false],
  ["a path with an e-mail address", changed("grants.kim@firm.example", { after: "true" }), true],
  ["metadata", metadata("env", "dev", "prod"), true],
  ["metadata, exactly", metadata("env", "PROD"), false],
  ["one of a list", metadata("tags", "critical"), true],
  ["a number of a list", metadata("tags", "7"), true],
  ["an object of a list", metadata("tags.deep", "no"), false],
  ["deep metadata", metadata("run.id", "81"), true],
  ["a dotted key", metadata("run.id", "dotted"), true],
  ["a dotted key is no step", metadata("a.b.c", "1"), false],
  ["a truth", metadata("run.dry", "false"), true],
  ["what every object has", metadata("constructor", "x"), false],
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
  const query = queryOf({ actor: ["alice@company.com"], operation: ["updated"], resourceType: ["database"], status: ["success"], q: "sales 192.168" });
  expect(matches(query, event)).toBe(true);
  expect(matches(queryOf({ status: ["failed"] }), event)).toBe(false);
  expect(describe(queryOf({ status: ["failed"], q: "sales" }))).toBe('status is "failed" and text contains "sales"');
  expect(queryOf({})).toEqual(everything);
  expect(queryOf({ q: "actor:me" }, { me: "u1" })).toEqual(allOf(equals("did_or_caused", "u1")));
});

test("letters fold one to one", () => {
  expect(foldCase("ÉCOLE İΣ")).toBe("école iσ");
});

test("a filter that is not understood to its end is refused with the sentence of its first problem", () => {
  for (const q of ["statu:failed", "alice status:fialed", "actor:", '"x', "a OR b", "created:today", "actor:me", "x".repeat(2_001)])
    expect(() => queryOf({ q })).toThrow(expect.objectContaining({ code: "invalid", path: "filter.q" }));
});

test.each<[Query, string]>([
  [like("actor.id", "u*", "v*"), 'actor.id fits "u*" or "v*"'],
  [network("10.0.0.0/8"), "ip is in 10.0.0.0/8"],
  [compare("duration_ms", ">", 5), "duration_ms is more than 5"],
  [not(has("changes")), "not changes is present"],
  [changed("title", { before: "a", after: "b" }), 'title changed from "a" to "b"'],
  [metadata("env", "prod"), 'metadata.env is "prod"'],
  [{ is: "text", words: ["a"], anywhere: true }, 'text contains, also within words, "a"'],
])("a query is said in words: %s", (query, words) => expect(describe(query)).toBe(words));
