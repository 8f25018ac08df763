import type { EventInput } from "@daybook/event";
import {
  allOf,
  anyOf,
  changed,
  compare,
  comparisons,
  equals,
  eventParts,
  exactFields,
  has,
  like,
  metadata,
  network,
  not,
  numberFields,
  occurred,
  text,
  textParts,
} from "@daybook/query";
import type { Query } from "@daybook/query";
import fc from "fast-check";

/** Few values, so that random queries meet random events; and the nasty ones: quotes, braces, backslashes, case, letters beyond ASCII. */
const word = fc.constantFrom(
  "alice",
  "Alice",
  "bob",
  "sales_db",
  "Q2 'Sales' \"Report\"",
  "{a,b}",
  "back\\slash",
  "100%_done",
  "İstanbul Σς",
  "a\u00a0b\u2028c",
  "null",
  "x\u0001y z",
  "Bob@x.example by fe80::1",
  "2001:DB8::7 @",
  "1.2.3xyz tail",
);
/** Long enough to be cut in the index. */
const longWord = fc.constantFrom("wörter".repeat(300), `${"x".repeat(70)} ${"y".repeat(1_500)}`);
const address = fc.constantFrom(
  "192.168.1.100",
  "192.168.1.7",
  "192.168.20.7",
  "10.0.0.1",
  "010.0.0.1",
  "300.1.1.1",
  "192.168.1",
  "192.168.1.100:443",
  "host-7",
  "::1",
  "::",
  "2001:db8::7",
  "2001:DB8:0:0:0:0:0:7",
  "2001:db8:1:2:3:4:5:6",
  "::ffff:192.168.1.100",
  "::ffff:c0a8:164",
  "64:ff9b::192.0.2.1",
  "fe80::1%eth0",
  "1:2:3:4:5:6:7::",
  "1::2::3",
  "::1.2.3",
);
const cidr = fc.constantFrom(
  "192.168.1.0/24",
  "192.168.0.0/16",
  "192.168.1.100/32",
  "192.168.1.64/26",
  "192.168.1.96/28",
  "192.168.1.7/31",
  "192.168.16.0/20",
  "192.168.0.0/17",
  "10.0.0.0/8",
  "0.0.0.0/0",
  "128.0.0.0/1",
  "2001:db8::/32",
  "2001:db8:1:2::/64",
  "2001:db8::7/128",
  "::/0",
  "2000::/3",
  "::ffff:192.168.0.0/112",
  "64:ff9b::/96",
  "192.168.1",
  "no network",
  "10.0.0.0/33",
);
const scalar = fc.constantFrom<never>(
  ...([1, 1.5, 1000, 0, -2, 0.1, 1e21, 1e-7, 9_007_199_254_740_991, true, false, null, "prod", "1", "1.0", "1e3", "", "Alice", "a.b", "{}"] as never[]),
);
const scalarWord = fc.constantFrom(
  "1",
  "1.5",
  "1000",
  "1e3",
  "1.0",
  "0",
  "-2",
  "1e+21",
  "1e-7",
  "0.0000001",
  "9007199254740991",
  "true",
  "null",
  "prod",
  "",
  "Alice",
  "a.b",
);
const key = fc.constantFrom("env", "tags", "a", "b", "a.b", "x y", "0");
const scalarsOrLists = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 1 })), { maxLength: 60 }));
const json = fc.oneof(scalarsOrLists, fc.dictionary(key, fc.oneof(scalarsOrLists, fc.dictionary(key, scalar, { maxKeys: 2 })), { maxKeys: 3 }));
const path = fc.constantFrom("env", "tags", "a", "a.b", "b", "a.b.a", "a.env", "tags.0", "0", "a.a.b", "", ".", "b.c.d.e.f", "c.d.e.f", "f", "y.z", "x@y.z");
const status = fc.constantFrom("success", "failed", "in_progress", "pending_approval");
const number = fc.constantFrom(0, 1, 9, 9.5, 10, 99, 100, 1_000, 12_345, 3_600_000, 9_007_199_254_740_991);
const moment = fc.integer({ min: 0, max: 5_000 }).map((hours) => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000).toISOString());
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const actor = fc.record({ type: fc.constantFrom("user", "api_key", "anonymous"), id: word, name: word, email: word }, { requiredKeys: ["type"] });

export const randomInput = fc.record(
  {
    action: fc.constantFrom("notebook_created", "query_executed", "report_deleted"),
    occurred_at: moment,
    actor,
    on_behalf_of: fc.array(actor, { maxLength: 2 }),
    resource: fc.record({ type: fc.constantFrom("notebook", "database"), id: word, name: word }, { requiredKeys: ["type"] }),
    team: fc.record({ id: word, name: word }, { requiredKeys: ["id"] }),
    status,
    error: fc.record({ code: word, message: word }, { requiredKeys: [] }),
    operation_id: word,
    description: fc.oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: longWord }),
    reason: word,
    origin: fc.constantFrom("interface", "api"),
    duration_ms: number,
    rows_returned: number.filter(Number.isInteger),
    rows_affected: number.filter(Number.isInteger),
    context: fc.record({ ip: fc.oneof(address, word), user_agent: word, session_id: word, request_id: word }, { requiredKeys: [] }),
    changes: fc.record({
      fields: fc.array(fc.record({ path: path.filter((each) => each !== ""), before: json, after: json }, { requiredKeys: ["path"] }), {
        minLength: 1,
        maxLength: 40,
      }),
    }),
    metadata: fc.dictionary(key, json, { maxKeys: 4 }),
  },
  { requiredKeys: ["action", "occurred_at"] },
) as fc.Arbitrary<EventInput>;

const term = fc.oneof(
  word,
  longWord.map((long) => long.slice(0, 80)),
  fc.constantFrom(
    "ALI",
    "sales",
    "192.168",
    "σ",
    "@",
    "x.ex",
    "::",
    "by",
    "ales",
    "e by fe",
    "_db",
    "tail",
    "xyz",
    "100%",
    "b}",
    "",
    " ",
    "y z",
    "b\u2028",
    "wört",
  ),
);
const pattern = fc.oneof(
  word,
  fc.constantFrom("*", "**", "a*", "*E", "*%*", "a_ice", "*\\*", "*σ*", "q2*report*", "192.168.*", "*_d*", "al*i*ce", "alice*alice", ""),
);
const values = fc.array(fc.oneof(word, address, status, fc.constantFrom("notebook", "activity", "user", "created", "interface", "system")), {
  minLength: 1,
  maxLength: 3,
});

export const randomQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(fc.constantFrom(...exactFields), values).map(([field, any]) => equals(field, ...any)),
    fc.tuple(fc.constantFrom(...exactFields), fc.array(pattern, { minLength: 1, maxLength: 2 })).map(([field, patterns]) => like(field, ...patterns)),
    fc.tuple(maybe(moment), maybe(moment)).map(([from, to]) => occurred({ ...(from && { from }), ...(to && { to }) })),
    fc.array(cidr, { maxLength: 2 }).map((networks) => network(...networks)),
    fc
      .tuple(
        fc.constantFrom(...numberFields),
        fc.constantFrom(...comparisons),
        fc.oneof(number, fc.constantFrom(-1, 0.5, 1e18, 1e300, Infinity, -Infinity, NaN)),
      )
      .map(([field, op, value]) => compare(field, op, value)),
    fc.constantFrom(...eventParts).map(has),
    fc
      .tuple(path, maybe(scalarWord), maybe(scalarWord))
      .map(([at, before, after]) => changed(at, { ...(before !== undefined && { before }), ...(after !== undefined && { after }) })),
    fc.tuple(path, fc.array(scalarWord, { minLength: 1, maxLength: 2 })).map(([at, any]) => metadata(at, ...any)),
    fc
      .tuple(fc.array(term, { minLength: 1, maxLength: 2 }), fc.subarray([...textParts]), fc.boolean())
      .map(([words, except, anywhere]): Query => ({ ...(text(words, except) as Extract<Query, { is: "text" }>), ...(anywhere && { anywhere: true }) })),
    fc.constantFrom<Query>({ is: "everything" }, { is: "nothing" }),
    fc.array(tie("query"), { maxLength: 3 }).map((of) => allOf(...of)),
    fc.array(tie("query"), { maxLength: 3 }).map((of) => anyOf(...of)),
    tie("query").map(not),
  ),
})).query;
