import type { ExactField, Query, TextPart } from "@daybook/query";
import { foldCase, shapes, shapesIn } from "@daybook/query";
import type { PendingQuery, Row, Sql } from "postgres";

export type Fragment = PendingQuery<Row[]>;

/** Columns behind the fields that the token index knows; `did_or_caused` shares the token of `actor.id`. */
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
  origin: "origin",
  source: "source",
  operation_id: "operation_id",
  session_id: "session_id",
  request_id: "request_id",
  ip: "ip",
  import_id: "import_id::text",
} as const satisfies Record<ExactField, string>;

/** What `searchText` of the query package joins, in the same order, and without the shapes that it leaves out. */
function searchedText(sql: Sql, except: readonly TextPart[]): Fragment {
  const unless = (part: TextPart, column: string) => (except.includes(part) ? "''" : `coalesce(${column}, '')`);
  const joined = `concat_ws(E'\\n', coalesce(actor_name, ''), ${unless("actor.email", "actor_email")}, coalesce(actor_id, ''), action,
    coalesce(resource_type, ''), coalesce(resource_name, ''), coalesce(resource_id, ''), ${unless("description", "description")}, ${unless("ip", "ip")})`;
  const folded = sql`lower(${sql.unsafe(joined)} collate "pg_c_utf8")`;
  return shapesIn(except).reduce<Fragment>((text, shape) => sql`regexp_replace(${text}, ${shapes[shape]}, '', 'g')`, folded);
}

/** The query as a predicate over the columns of `events`. Values are parameters, always; names come from the table above. */
export function predicate(sql: Sql, query: Query): Fragment {
  switch (query.is) {
    case "everything":
      return sql`true`;
    case "nothing":
      return sql`false`;
    case "all":
      return query.of.reduce<Fragment>((joined, part) => sql`${joined} and (${predicate(sql, part)})`, sql`true`);
    case "any":
      return query.of.reduce<Fragment>((joined, part) => sql`${joined} or (${predicate(sql, part)})`, sql`false`);
    case "not":
      return sql`not (${predicate(sql, query.of)})`;
    case "equals":
      return equalsPredicate(sql, query.field, query.values);
    case "occurred":
      return sql`true ${query.from === undefined ? sql`` : sql`and occurred_at >= ${query.from}::text::timestamptz`} ${
        query.to === undefined ? sql`` : sql`and occurred_at < ${query.to}::text::timestamptz`
      }`;
    case "text":
      return query.words.reduce<Fragment>(
        (joined, word) => sql`${joined} and strpos(${searchedText(sql, query.except ?? [])}, ${foldCase(word)}) > 0`,
        sql`true`,
      );
  }
}

function equalsPredicate(sql: Sql, field: ExactField, values: string[]): Fragment {
  // A missing value is no value: `not` of an equality must be true for it, so the null is settled here.
  const own = sql`coalesce(${sql.unsafe(columns[field])} = any (${arrayLiteral(values)}::text[]), false)`;
  if (field !== "did_or_caused") return own;
  return sql`(${own} or exists (
    select from jsonb_array_elements(on_behalf_of) person
    where person ->> 'id' = any (${arrayLiteral(values)}::text[])))`;
}

/** Fields that have a token in the index. Successful status is on nearly every row and has none; neither has `log_type`, whose rarer value has its own index. */
const tokenFields: Partial<Record<ExactField, string>> = {
  action: "action",
  namespace: "namespace",
  operation: "operation",
  "actor.type": "actor.type",
  "actor.id": "actor.id",
  "actor.name": "actor.name",
  "actor.email": "actor.email",
  did_or_caused: "actor.id",
  "resource.type": "resource.type",
  "resource.id": "resource.id",
  "resource.name": "resource.name",
  "team.id": "team.id",
  status: "status",
  operation_id: "operation_id",
  session_id: "session_id",
  request_id: "request_id",
  ip: "ip",
  source: "source",
};

/**
 * A condition that the token index can answer and that every match fulfils, or null if the query has none. The exact predicate stays beside it,
 * because two values may share a hash.
 */
export function tokenCondition(sql: Sql, organizationId: string, query: Query): Fragment | null {
  switch (query.is) {
    case "equals":
      return tokensOfEquals(sql, organizationId, query.field, query.values);
    case "all": {
      const parts = query.of.map((part) => tokenCondition(sql, organizationId, part)).filter((part) => part !== null);
      return parts.length === 0 ? null : parts.reduce((joined, part) => sql`${joined} and ${part}`);
    }
    case "any": {
      const parts = query.of.map((part) => tokenCondition(sql, organizationId, part));
      if (parts.length === 0 || parts.includes(null)) return null;
      return sql`(${(parts as Fragment[]).reduce((joined, part) => sql`${joined} or ${part}`)})`;
    }
    case "everything":
    case "nothing":
    case "not":
    case "occurred":
    case "text":
      return null;
  }
}

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function tokensOfEquals(sql: Sql, organizationId: string, field: ExactField, values: string[]): Fragment | null {
  // As a constant, because a partial index answers only for what the planner can read.
  if (field === "log_type" && values.length > 0 && values.every((value) => value === "system")) return sql`log_type = 'system'`;
  // Most events were not imported, so a partial index has them, by their own type.
  if (field === "import_id" && values.length > 0) return sql`import_id = any (${arrayLiteral(values.filter((value) => uuidPattern.test(value)))}::uuid[])`;
  const token = tokenFields[field];
  if (token === undefined || values.length === 0) return null;
  if (field === "status" && values.includes("success")) return null;
  return sql`tokens && (
    select array_agg(event_token(event_salt(${organizationId}), ${token}, value))
    from unnest(${arrayLiteral(values)}::text[]) value)`;
}

/** A PostgreSQL array literal; the driver knows no array types, because fetching them breaks its connect. */
export const arrayLiteral = (values: readonly string[]): string => `{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;

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
