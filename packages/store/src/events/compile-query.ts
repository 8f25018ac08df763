import type { Comparison, EventPart, ExactField, NumberField, Query } from "@daybook/query";
import { foldCase, networkOf, networkText } from "@daybook/query";
import type { PendingQuery, Row, Sql } from "postgres";
import { arrayLiteral } from "./array-literal.ts";
import { anyTextPredicate, textPredicate, unwantedWords } from "./text-predicate.ts";

export { arrayLiteral } from "./array-literal.ts";

export type Fragment = PendingQuery<Row[]>;

/** Columns behind the fields; `did_or_caused` looks at those whom the actor acted for as well. */
const columns = {
  id: "id::text",
  log_type: "log_type",
  action: "action",
  namespace: "namespace",
  operation: "operation",
  status: "status",
  "actor.id": "actor_id",
  "actor.type": "actor_type",
  "actor.email": "actor_email",
  "actor.name": "actor_name",
  did_or_caused: "actor_id",
  "resource.type": "resource_type",
  "resource.id": "resource_id",
  "resource.name": "resource_name",
  "team.id": "team_id",
  "team.name": "team_name",
  "error.code": "error_code",
  origin: "origin",
  source: "source",
  operation_id: "operation_id",
  session_id: "session_id",
  request_id: "request_id",
  ip: "ip",
  import_id: "import_id::text",
  token_id: "token_id::text",
} as const satisfies Record<ExactField, string>;

const numberColumns = {
  duration_ms: "duration_ms",
  rows: "greatest(rows_returned, rows_affected)",
  rows_returned: "rows_returned",
  rows_affected: "rows_affected",
  seq: "seq",
} as const satisfies Record<NumberField, string>;

/** Empty collections are stored as null, so presence is one question for all. */
const partColumns = {
  changes: "changes is not null",
  metadata: "metadata is not null",
  error: "error_code is not null or error_message is not null",
  ip: "ip is not null",
  user_agent: "user_agent is not null",
  resource: "resource_type is not null",
  team: "team_id is not null",
  reason: "reason is not null",
  on_behalf_of: "on_behalf_of is not null",
  operation_id: "operation_id is not null",
  session_id: "session_id is not null",
  request_id: "request_id is not null",
  duration: "duration_ms is not null",
  rows: "rows_returned is not null or rows_affected is not null",
  redactions: "redactions is not null",
} as const satisfies Record<EventPart, string>;

/**
 * The query as a predicate over the columns of `events`, never null: `not` of it is its opposite. Values are parameters, always; names come from the
 * tables above.
 */
export function predicate(sql: Sql, query: Query): Fragment {
  switch (query.is) {
    case "everything":
      return sql`true`;
    case "nothing":
      return sql`false`;
    case "all": {
      const { unwanted, others } = unwantedWords(query.of);
      const rest = others.reduce<Fragment>((joined, part) => sql`${joined} and (${predicate(sql, part)})`, sql`true`);
      return unwanted.reduce((joined, words) => sql`${joined} and not (${anyTextPredicate(sql, words)})`, rest);
    }
    case "any":
      return query.of.reduce<Fragment>((joined, part) => sql`${joined} or (${predicate(sql, part)})`, sql`false`);
    case "not":
      return sql`not (${predicate(sql, query.of)})`;
    case "equals":
      return onField(sql, query.field, (value) => sql`coalesce(${value} = any (${arrayLiteral(query.values)}::text[]), false)`);
    case "like": {
      const patterns = arrayLiteral(query.patterns.map(likePattern));
      return onField(sql, query.field, (value) => sql`coalesce(lower(${value} collate "pg_c_utf8") like any (${patterns}::text[]), false)`);
    }
    case "occurred":
      return sql`true ${query.from === undefined ? sql`` : sql`and occurred_at >= ${instantOf(sql, query.from)}`} ${
        query.to === undefined ? sql`` : sql`and occurred_at < ${instantOf(sql, query.to)}`
      }`;
    case "network":
      return networkPredicate(sql, networksOf(query.networks));
    case "compare":
      return comparePredicate(sql, query.field, query.op, query.value);
    case "has":
      return sql`(${sql.unsafe(partColumns[query.part])})`;
    case "changed":
      return changedPredicate(sql, query);
    case "metadata":
      return metadataPredicate(sql, query.path, query.values);
    case "text":
      return textPredicate(sql, query);
  }
}

/** As an array of its own type: a text that the statement casts would be read anew for each row. */
const instantOf = (sql: Sql, instant: string): Fragment => sql`(${arrayLiteral([instant])}::timestamptz[])[1]`;

function onField(sql: Sql, field: ExactField, test: (value: Fragment) => Fragment): Fragment {
  const own = test(sql`${sql.unsafe(columns[field])}`);
  if (field !== "did_or_caused") return own;
  return sql`(${own} or (on_behalf_of is not null and exists (
    select from jsonb_array_elements(on_behalf_of) person where ${test(sql`(person ->> 'id')`)})))`;
}

/** Only `*` stands for anything; what LIKE has of its own is quoted. Runs of asterisks mean no more than one, and each costs. */
const likePattern = (pattern: string): string =>
  foldCase(pattern)
    .replace(/[\\%_]/g, String.raw`\$&`)
    .replace(/\*+/g, "%");

/** In one notation each; a network that is none holds no address. */
export const networksOf = (networks: readonly string[]): string[] =>
  networks.flatMap((text) => {
    const network = text.includes("/") ? networkOf(text) : null;
    return network ? [networkText(network)] : [];
  });

/** Reading an address costs ten times what it costs to see by its first letters that it cannot lie in any of the networks. */
function networkPredicate(sql: Sql, networks: readonly string[]): Fragment {
  const beginnings = networks.flatMap((network) => {
    if (network.includes(":")) return [];
    const [address = "", bits = ""] = network.split("/");
    const octets = Math.min(3, Math.floor(Number(bits) / 8));
    return octets === 0 ? "%" : `${address.split(".").slice(0, octets).join(".")}.%`;
  });
  // Version 4 may be written as version 6.
  return sql`(coalesce(ip like any (${arrayLiteral([...new Set(beginnings), "%:%"])}::text[]), false)
    and coalesce(event_address(ip) <<= any (${arrayLiteral(networks)}::inet[]), false))`;
}

/** Operators by name, so that no text of a query becomes SQL. */
const operators = { ">": ">", ">=": ">=", "<": "<", "<=": "<=" } as const satisfies Record<Comparison, string>;

function comparePredicate(sql: Sql, field: NumberField, op: Comparison, value: number): Fragment {
  // A number that is none is larger than all others for PostgreSQL, and for JavaScript neither larger nor smaller.
  if (Number.isNaN(value)) return sql`false`;
  const type = sql.unsafe(field === "duration_ms" ? "double precision" : "numeric");
  return sql`coalesce(${sql.unsafe(numberColumns[field])} ${sql.unsafe(operators[op])} ${String(value)}::text::${type}, false)`;
}

/** The dots of an e-mail address are no steps of a path, so one with an `@` counts only whole. */
function changedPredicate(sql: Sql, { path, before, after }: Extract<Query, { is: "changed" }>): Fragment {
  const side = (name: "before" | "after", value: string | undefined) =>
    value === undefined ? sql`` : sql`and coalesce(event_scalar(field -> ${name}::text) = ${value}::text, false)`;
  return sql`(changes is not null and exists (
    select from jsonb_array_elements(changes -> 'fields') field
    where (field ->> 'path' = ${path}::text or (right(field ->> 'path', ${[...path].length + 1}::int) = ${`.${path}`}::text and strpos(field ->> 'path', '@') = 0))
      ${side("before", before)} ${side("after", after)}))`;
}

/** Deeper than this no event goes. */
const metadataSegmentsMax = 16;

/** By one arrow a step, because `#>` would also count the items of a list. A key of the first level may be the whole path. */
function metadataPredicate(sql: Sql, path: string, values: readonly string[]): Fragment {
  const segments = path.split(".");
  const stepped =
    segments.length > metadataSegmentsMax ? sql`null` : segments.reduce<Fragment>((value, segment) => sql`${value} -> ${segment}::text`, sql`metadata`);
  const places = segments.length === 1 ? stepped : sql`${stepped}, metadata -> ${path}::text`;
  return sql`(metadata is not null and exists (
    select
    from unnest(array[${places}]::jsonb[]) value,
      jsonb_array_elements(case when jsonb_typeof(value) = 'array' then value when value is null then '[]' else jsonb_build_array(value) end) item
    where event_scalar(item) = any (${arrayLiteral(values)}::text[])))`;
}

/** Cheapest bounds of time that every match lies in; they choose the partitions. */
export function timeBounds(query: Query): { from: string | undefined; to: string | undefined } {
  if (query.is === "occurred") return { from: query.from, to: query.to };
  if (query.is !== "all") return { from: undefined, to: undefined };
  const bounds = query.of.map(timeBounds);
  const latest = bounds
    .flatMap(({ from }) => from ?? [])
    .toSorted(byInstant)
    .at(-1);
  const earliest = bounds
    .flatMap(({ to }) => to ?? [])
    .toSorted(byInstant)
    .at(0);
  return { from: latest, to: earliest };
}

const byInstant = (a: string, b: string): number => Date.parse(a) - Date.parse(b);
