import fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, anyOf, changed, compare, equals, everything, has, like, metadata, network, not, text } from "../ast.ts";
import type { Query } from "../ast.ts";
import type { Searchable } from "../fields.ts";
import { matches } from "../matches.ts";
import type { Clause, SearchValue } from "./clause.ts";
import { parseSearch } from "./parse.ts";
import { printSearch } from "./print.ts";
import { clausesToQuery } from "./to-query.ts";

const asked = (q: string) => clausesToQuery(parseSearch(q).clauses, { me: "u1" });

test.each<[string, Query]>([
  ["", everything],
  ["status:failed", equals("status", "failed")],
  ["is:failed", equals("status", "failed")],
  ["-status:(failed OR success)", not(equals("status", "failed", "success"))],
  ["action:updated", anyOf(equals("action", "updated"), equals("operation", "updated"))],
  ["action:database_*", anyOf(like("action", "database_*"), like("operation", "database_*"))],
  ["actor:alice", anyOf(equals("did_or_caused", "alice"), equals("actor.email", "alice"), equals("actor.name", "alice"))],
  ["actor:me", equals("did_or_caused", "u1")],
  ["did_or_caused:me", equals("did_or_caused", "u1")],
  ["actor:(me OR bob)", anyOf(equals("did_or_caused", "u1"), equals("did_or_caused", "bob"), equals("actor.email", "bob"), equals("actor.name", "bob"))],
  ["resource:x", anyOf(equals("resource.name", "x"), equals("resource.id", "x"))],
  ["team:(x OR y*)", anyOf(equals("team.id", "x"), equals("team.name", "x"), like("team.id", "y*"), like("team.name", "y*"))],
  ["tag:critical", metadata("tags", "critical")],
  ["metadata.env:(prod OR dev)", metadata("env", "prod", "dev")],
  ["ip:192.168.1", network("192.168.1.0/24")],
  ["ip:192.168.1.*", network("192.168.1.0/24")],
  ["ip:192.168.1.7", network("192.168.1.7/32")],
  ["ip:(10.0.0.0/8 OR 2001:DB8::/32 OR ::ffff:10.0.0.1)", network("10.0.0.0/8", "2001:db8::/32", "10.0.0.1/32")],
  ["ip:(10.0.0.0/8 OR amazon.example OR *.internal)", anyOf(network("10.0.0.0/8"), equals("ip", "amazon.example"), like("ip", "*.internal"))],
  ["duration:>1s", compare("duration_ms", ">", 1_000)],
  ["-rows:>5", not(compare("rows", ">", 5))],
  ["seq:5..9", allOf(compare("seq", ">=", 5), compare("seq", "<=", 9))],
  ["-has:ip", not(has("ip"))],
  ["changed:title:a→b", changed("title", { before: "a", after: "b" })],
  ["alice sales", text(["alice", "sales"])],
  ["*base*", { is: "text", words: ["base"], anywhere: true }],
  ["-draft", not(text(["draft"]))],
  ["192.168.1", anyOf(network("192.168.1.0/24"), text(["192.168.1"], ["ip"]))],
  ["10.0.0.0/8", anyOf(network("10.0.0.0/8"), text(["10.0.0.0/8"], ["ip"]))],
  ["2001:db8::1", anyOf(network("2001:db8::1/128"), text(["2001:db8::1"], ["ip"]))],
  ["1.2.3.4.5", text(["1.2.3.4.5"])],
  ["7", text(["7"])],
])("%s", (q, query) => expect(asked(q)).toEqual(query));

test("nobody is no reader", () => {
  expect(() => clausesToQuery(parseSearch("actor:me").clauses)).toThrow(expect.objectContaining({ code: "invalid", path: "filter.q" }));
});

const seen = (ip: string, description = ""): Searchable =>
  ({ actor: { type: "user" }, on_behalf_of: [], action: "a", resource: null, description, context: { ip } }) as unknown as Searchable;

test.each([
  ["192.168.1", "192.168.1.100", true],
  ["192.168.1", "192.168.10.1", false],
  ["192.168.1", "10.192.168.1", false],
  ["192.168", "192.168.1.100", true],
  ["192.168.1.1", "192.168.1.100", false],
])("%s typed as a word and the address %s: %s", (q, ip, expected) => {
  expect(matches(asked(q), seen(ip))).toBe(expected);
  expect(matches(asked(`ip:${q}`), seen(ip))).toBe(expected);
});

test("an address in a sentence is found by asking for it anywhere; as a word it is the address of the event", () => {
  const event = seen("8.8.8.8", "Allowed 192.168.1.0/24");
  expect(matches(asked("192.168.1"), event)).toBe(false);
  expect(matches(asked("*192.168.1*"), event)).toBe(true);
});

/** Few words, so that random searches meet random events. */
const word = fc.constantFrom("alice", "Alice", "bob-by", "sales_db", "u1", "failed", "success", "updated");
const event = fc.record({
  action: fc.constantFrom("updated", "table_updated", "shared"),
  operation: fc.constantFrom("updated", "shared"),
  status: fc.constantFrom("success", "failed"),
  actor: fc.record({ id: word, name: word, email: word }),
  on_behalf_of: fc.array(fc.record({ id: word }), { maxLength: 1 }),
  resource: fc.record({ type: word, id: word, name: word }),
  description: fc.tuple(word, word).map((words) => words.join(" ")),
  duration_ms: fc.option(fc.nat(5)),
  context: fc.record({ ip: fc.constantFrom("10.0.0.1", "10.0.0.12", "10.0.1.1", "110.0.0.1") }, { requiredKeys: [] }),
}) as unknown as fc.Arbitrary<Searchable>;

const value: fc.Arbitrary<SearchValue> = fc.oneof(
  word.map((each) => ({ text: each, glob: false })),
  fc.constantFrom("*", "al*", "*E", "s*b", "u*d").map((each) => ({ text: each, glob: true })),
);
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 2, selector: ({ text: each }) => each });
const negated = fc.boolean();
const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ is: fc.constant("key" as const), negated, key: fc.constantFrom("action", "status", "actor", "resource"), values }),
  fc.record({
    is: fc.constant("key" as const),
    negated,
    key: fc.constant("ip" as const),
    values: fc.constantFrom("10.0.0", "10.0.0.1", "10").map((each) => [{ text: each, glob: false }]),
  }),
  fc.record({ is: fc.constant("compare" as const), negated, key: fc.constant("duration" as const), op: fc.constantFrom(">", "<="), value: fc.nat(5) }),
  fc.record({ is: fc.constant("has" as const), negated, part: fc.constantFrom("ip", "duration") }),
  fc.record({ is: fc.constant("text" as const), negated, text: fc.constantFrom("al", "ALICE", "by", "db", "ice", "ates", "les"), anywhere: fc.boolean() }),
);

/** What a clause means, said once more without queries. */
function holds(each: Clause, { action, operation, status, actor, on_behalf_of, resource, description, duration_ms, context }: Searchable): boolean {
  const words = [actor.name, actor.email, actor.id, action, resource?.type, resource?.name, resource?.id, description, context.ip].join("\n").toLowerCase();
  switch (each.is) {
    case "key": {
      const seen: Partial<Record<string, (string | undefined)[]>> = {
        action: [action, operation],
        status: [status],
        actor: [actor.id, actor.name, actor.email, ...on_behalf_of.map(({ id }) => id)],
        resource: [resource?.name, resource?.id],
      };
      const wanted = each.values.map(({ text: one, glob }) => (glob ? new RegExp(`^${one.replaceAll("*", ".*")}$`, "is") : one));
      if (each.key === "ip") return wanted.some((one) => `${context.ip ?? ""}.`.startsWith(`${String(one)}.`));
      return (seen[each.key] ?? []).some(
        (seenText) => seenText !== undefined && wanted.some((one) => (typeof one === "string" ? one === seenText : one.test(seenText))),
      );
    }
    case "compare":
      return duration_ms !== null && (each.op === ">" ? duration_ms > each.value : duration_ms <= each.value);
    case "has":
      return each.part === "ip" ? context.ip !== undefined : duration_ms !== null;
    case "text":
      return each.anywhere ? words.includes(each.text.toLowerCase()) : words.split(/[^a-z0-9]/).some((one) => one.startsWith(each.text.toLowerCase()));
    case "metadata":
    case "changed":
      throw new Error("not made here");
  }
}

test("what is printed, read and asked finds the events that its clauses mean", () => {
  fc.assert(
    fc.property(fc.array(clause, { maxLength: 3 }), fc.array(event, { minLength: 1, maxLength: 8 }), (clauses, events) => {
      const query = asked(printSearch(clauses));
      // Values of one key and one sign are alternatives, wherever they stand.
      const merged = parseSearch(printSearch(clauses)).clauses;
      for (const one of events) expect(matches(query, one)).toBe(merged.every((each) => holds(each, one) !== each.negated));
    }),
    { numRuns: 1_000 },
  );
});
