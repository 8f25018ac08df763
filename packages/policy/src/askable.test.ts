import type { AuditEvent, EventContext } from "@daybook/event";
import {
  allOf,
  anyOf,
  changed,
  compare,
  equals,
  eventParts,
  exactFields,
  has,
  like,
  matches,
  metadata,
  network,
  not,
  numberFields,
  text,
} from "@daybook/query";
import type { Query } from "@daybook/query";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askable } from "./askable.ts";
import { maskedFields, maskEvent, noMask } from "./mask.ts";
import type { Mask, MaskedField } from "./mask.ts";

const hiding = (...hides: MaskedField[]): Mask => ({ hides, cuts: [] });
const short: Mask = { hides: [], cuts: [{ except: "u1" }] };

describe("what is hidden cannot be asked for", () => {
  const refused: [Mask, Query][] = [
    [hiding("actor.email"), like("actor.email", "k*")],
    [hiding("actor.email"), like("actor.name", "*@firm*")],
    [hiding("actor.email"), metadata("owner", "kim@firm.example")],
    [hiding("actor.email"), metadata("grants.kim@firm.example", "true")],
    [hiding("actor.email"), changed("grants.kim@firm.example")],
    [hiding("actor.email"), changed("owner", { after: "kim@firm.example" })],
    [hiding("context.ip"), network("10.0.0.0/8")],
    [short, network("203.0.113.77/32")],
    [hiding("context.ip"), has("ip")],
    [hiding("context.ip"), like("ip", "10.*")],
    [short, like("resource.name", "db 203.0.113.7*")],
    [short, like("resource.name", "*77")],
    [short, like("actor.id", "fe*")],
    [short, like("resource.name", "*7.")],
    [short, like("resource.name", "*113.77 *")],
    [short, changed("77")],
    [short, metadata("peer", "203.0.113.77")],
    [short, metadata("hosts.2001:db8::7", "1")],
    [hiding("changes"), has("changes")],
    [hiding("changes"), changed("visibility")],
    [hiding("metadata"), has("metadata")],
    [hiding("metadata"), metadata("env", "prod")],
    [hiding("context.user_agent"), has("user_agent")],
    [hiding("context.user_agent"), metadata("session.user_agent", "Firefox")],
    [hiding("context.user_agent"), metadata("session_user_agent.name", "Firefox")],
    [hiding("context.user_agent"), metadata("field.before", "Firefox")],
    [hiding("context.user_agent"), changed("session_user_agent", { before: "Firefox" })],
    [hiding("raw"), has("redactions")],
    [short, has("redactions")],
  ];
  test.each(refused)("%j: %j", (mask, query) => {
    for (const asked of [query, not(query), allOf(equals("status", "failed"), query), anyOf(query), anyOf(equals("status", "failed"), not(query))])
      expect(() => askable(mask, asked)).toThrow(expect.objectContaining({ code: "forbidden", message: expect.stringMatching(/searched by (?:one|it)\./) }));
    expect(askable(noMask, query)).toBe(query);
  });

  test("alternatives that are hidden are left out where others remain", () => {
    const word = anyOf(network("192.168.1.0/24"), text(["192.168.1"], ["ip"]));
    expect(askable(short, word)).toEqual(anyOf(text(["192.168.1"], ["ip"])));
    const actor = anyOf(like("did_or_caused", "sal*"), like("actor.email", "sal*"), like("actor.name", "sal*"));
    expect(askable(hiding("actor.email"), actor)).toEqual(
      anyOf(allOf(like("did_or_caused", "sal*"), not(like("did_or_caused", "*@*"))), allOf(like("actor.name", "sal*"), not(like("actor.name", "*@*")))),
    );
  });

  const answered: [Mask, Query][] = [
    [short, like("resource.name", "sales*")],
    [short, like("resource.name", "*orders", "public.orders_*")],
    [short, like("actor.name", "*Chen*")],
    [short, changed("visibility")],
    [short, changed("owner.name")],
    [short, has("ip")],
    [hiding("context.ip"), like("action", "ad*")],
    [hiding("actor.email"), like("action", "*_created")],
    [hiding("context.user_agent"), changed("user_agent")],
    [hiding("context.user_agent"), metadata("env", "prod")],
    [hiding(...maskedFields), compare("rows", ">", 10)],
    [hiding("metadata"), changed("visibility", { after: "shared" })],
    [hiding("changes"), metadata("env", "prod")],
  ];
  test.each(answered)("what is shown is asked as before: %j: %j", (mask, query) => expect(askable(mask, query)).toEqual(query));
});

interface Secrets {
  email: string;
  ip: string;
  agent: string;
  change: string;
  datum: string;
}

const secrets: fc.Arbitrary<Secrets> = fc.record({
  email: fc.constantFrom("kim@firm.example", "ab@firm.example", "kim@10.example.org", "u1@x"),
  // Cut short they are alike.
  ip: fc.constantFrom("203.0.113.77", "203.0.113.7", "203.0.113.250"),
  agent: fc.constantFrom("Firefox 1", "Chrome"),
  change: fc.constantFrom("blue", "red", "12"),
  datum: fc.constantFrom("quarterly", "7", "zeta"),
});

/** Where secrets stand, beside words that do not depend on them. */
const places = fc.record({
  id: fc.constantFrom("u7", "EMAIL", "IP", "fe", "job IP"),
  name: fc.constantFrom("Kim Hartley", "Kim (EMAIL) Hartley", "EMAIL", "host IP:443", "10.example", "IP. next"),
  resource: fc.constantFrom("sales_db", "mail of EMAIL", "IP/28", "zone-IP", "a.b.c IP", "example"),
  path: fc.constantFrom("visibility", "grants.EMAIL", "hosts.x", "IP", "grants.example", "IP.limit", "session_user_agent"),
  key: fc.constantFrom("env", "user_agent", "IP", "EMAIL", "hosts"),
  description: fc.constantFrom("Signed in", "Signed in from IP as EMAIL", "by EMAIL."),
  ofAgent: fc.boolean(),
});

type Places = typeof places extends fc.Arbitrary<infer T> ? T : never;

function eventThatTells(told: Secrets, at: Places): AuditEvent {
  const fill = (words: string) => words.replaceAll("EMAIL", told.email).replaceAll("IP", told.ip);
  const context: EventContext = { ip: told.ip, user_agent: told.agent, session_id: "s1" };
  return {
    id: "e1",
    seq: 4,
    occurred_at: "2026-11-21T12:00:00.000Z",
    received_at: "2026-11-21T12:00:00.000Z",
    log_type: "activity",
    action: "user_login",
    namespace: "users",
    operation: "authenticated",
    actor: { type: "user", id: fill(at.id), name: fill(at.name), email: told.email },
    on_behalf_of: [{ type: "user", id: "u8", email: told.email }],
    resource: { type: "database", id: "d1", name: fill(at.resource) },
    related_resources: [],
    team: { id: "t1", name: fill(at.name) },
    status: "success",
    error: { code: fill(at.id) },
    operation_id: null,
    origin: null,
    reason: null,
    description: fill(at.description),
    duration_ms: 12,
    rows_returned: null,
    rows_affected: 3,
    counts: {},
    context,
    changes: {
      fields: [{ path: fill(at.path), before: at.path.endsWith("user_agent") ? told.agent : at.ofAgent ? "x" : told.change, after: fill(at.resource) }],
    },
    metadata: { [fill(at.key)]: at.key === "user_agent" ? { name: told.agent } : at.ofAgent ? [fill(at.name)] : told.datum },
    redactions: told.datum === "zeta" ? [{ path: "metadata.pin", rule: "built-in:secret" }] : [],
    source: "api",
    clock_skew_ms: null,
    import_id: null,
    token_id: null,
    idempotency_key: null,
  };
}

/** Pieces of what might be hidden, of either event. */
const probe = fc
  .tuple(
    fc.constantFrom(
      "kim@firm.example",
      "ab@firm.example",
      "kim@10.example.org",
      "203.0.113.77",
      "203.0.113.250",
      "zone-203.0.113.77",
      "host 203.0.113.7:443",
      "203.0.113.7. next",
      "Kim (kim",
      "Firefox 1",
      "blue",
      "quarterly",
      "mail of ab",
      "visibility",
      "limit",
      "grants.example",
      "job 203",
      "/28",
      "user_agent",
      "hosts",
    ),
    fc.nat(20),
    fc.nat(20),
  )
  .map(([whole, from, length]) => whole.slice(from % whole.length, (from % whole.length) + 1 + length));
/** Those that come closest to telling: they end or begin within an address. */
const sharp = fc.constantFrom(
  "zone-203.0.113.7",
  "zone-203.0.113.25",
  "job 203.0.113.77",
  "77",
  "250",
  "7:443",
  "7/28",
  "7. next",
  "kim@",
  "Firefox 1",
  "Chrome",
  "blue",
  "zeta",
);
const glob = fc
  .tuple(fc.boolean(), fc.array(fc.oneof(probe, sharp), { minLength: 1, maxLength: 2 }), fc.boolean())
  .map(([before, pieces, after]) => `${before ? "*" : ""}${pieces.join("*")}${after ? "*" : ""}`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });

const anyQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(fc.constantFrom(...exactFields), probe).map(([field, value]) => equals(field, value)),
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...exactFields), glob).map(([field, pattern]) => like(field, pattern)) },
    fc.constantFrom("203.0.113.77/32", "203.0.113.0/24", "0.0.0.0/0").map((each) => network(each)),
    fc.tuple(fc.constantFrom(...numberFields), fc.nat(20)).map(([field, value]) => compare(field, ">", value)),
    fc.constantFrom(...eventParts).map((part) => has(part)),
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.oneof(probe, fc.constantFrom("visibility", "session_user_agent", "limit", "example", "77", "250")),
          maybe(fc.oneof(probe, sharp)),
          maybe(fc.oneof(probe, sharp)),
        )
        .map(([path, before, after]) => changed(path, { ...(before !== undefined && { before }), ...(after !== undefined && { after }) })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.oneof(probe, fc.constantFrom("env", "user_agent.name", "hosts")), fc.oneof(probe, sharp))
        .map(([path, value]) => metadata(path, value)),
    },
    { weight: 2, arbitrary: fc.tuple(probe, fc.boolean()).map(([word, anywhere]): Query => ({ is: "text", words: [word], ...(anywhere && { anywhere }) })) },
    fc.array(tie("query"), { minLength: 1, maxLength: 3 }).map((of) => allOf(...of)),
    fc.array(tie("query"), { minLength: 1, maxLength: 3 }).map((of) => anyOf(...of)),
    tie("query").map(not),
  ),
})).query;

const mask: fc.Arbitrary<Mask> = fc
  .record({ hides: fc.subarray([...maskedFields]), cuts: fc.constantFrom<Mask["cuts"]>([], [{ except: null }], [{ except: "u1" }]) })
  .filter(({ hides, cuts }) => hides.length + cuts.length > 0);

test("two events that differ only in what is hidden answer every question alike, or it is refused", () => {
  let answers = 0;
  fc.assert(
    fc.property(mask, places, secrets, secrets, fc.array(anyQuery, { minLength: 5, maxLength: 10 }), (seen, at, told, other, queries) => {
      const hides = (field: MaskedField) => seen.hides.includes(field);
      const changed: Secrets = {
        email: hides("actor.email") ? other.email : told.email,
        ip: hides("context.ip") || seen.cuts.length > 0 ? other.ip : told.ip,
        agent: hides("context.user_agent") ? other.agent : told.agent,
        change: hides("changes") ? other.change : told.change,
        datum: hides("metadata") ? other.datum : told.datum,
      };
      const [one, two] = [eventThatTells(told, at), eventThatTells(changed, at)];
      fc.pre(JSON.stringify(maskEvent(seen, one)) === JSON.stringify(maskEvent(seen, two)));
      for (const query of queries) {
        const asked = answerable(seen, query);
        if (asked === null) continue;
        answers += 1;
        expect(matches(asked, one), JSON.stringify(asked)).toBe(matches(asked, two));
      }
    }),
    { numRuns: 2_000 },
  );
  expect(answers).toBeGreaterThan(1_000);
}, 30_000);

/** The query as it may be asked, or null where it is refused. */
function answerable(seen: Mask, query: Query): Query | null {
  try {
    return askable(seen, query);
  } catch (error) {
    expect(error).toMatchObject({ code: "forbidden" });
    return null;
  }
}
