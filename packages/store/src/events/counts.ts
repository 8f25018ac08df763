import type { Status } from "@daybook/event";
import { statuses } from "@daybook/event";
import type { ExactField, Query } from "@daybook/query";
import type { Sql } from "postgres";
import { arrayLiteral, predicate, tokenCondition } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";

const hourMs = 3_600_000;

export type Bucket = { start: string } & Record<Status, number>;

export interface HistogramRequest {
  query: Query;
  bucket: BucketUnit;
  zone: string;
}

/** Units that `date_trunc` knows, shortest first. */
export type BucketUnit = "hour" | "day" | "week" | "month" | "quarter" | "year";

/** When the first of some events occurred, or null where there is none. */
export async function firstAt(sql: Sql, organizationId: string, query: Query): Promise<Date | null> {
  const [row] = await sql<{ first: Date | null }[]>`
    select min(occurred_at) as first from organization_events where organization_id = ${organizationId} and (${ofEvents(sql, organizationId, query)})`;
  return row?.first ?? null;
}

/** Fields that the hourly roll-up keeps exactly. Its actor is whatever names them best, so it is none of the actor fields. */
const rolledUp: Partial<Record<ExactField, string>> = {
  log_type: "log_type",
  action: "action",
  operation: "operation",
  "resource.type": "resource_type",
  status: "status",
};

/** Counts per bucket and status: from the hourly roll-up where it can say exactly this, else from the events themselves. */
export async function histogram(sql: Sql, organizationId: string, request: HistogramRequest): Promise<{ buckets: Bucket[]; total: number }> {
  const from = fromRollUp(sql, request.query);
  const rows = await sql<{ start: Date; status: Status; events: string }[]>`
    select date_trunc(${request.bucket}, ${from ? sql`hour` : sql`occurred_at`}, ${request.zone}) as start, status,
      ${from ? sql`sum(events)` : sql`count(*)`} as events
    from ${from ? sql`activity_hours` : sql`organization_events`}
    where organization_id = ${organizationId} and (${from ?? ofEvents(sql, organizationId, request.query)})
    group by 1, 2
    order by 1`;
  const buckets = new Map<string, Bucket>();
  let total = 0;
  for (const { start, status, events } of rows) {
    const key = start.toISOString();
    const bucket = buckets.get(key) ?? { start: key, ...emptyCounts() };
    bucket[status] += Number(events);
    total += Number(events);
    buckets.set(key, bucket);
  }
  return { buckets: [...buckets.values()], total };
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

const facetColumns = { actions: "action", operations: "operation", statuses: "status", resourceTypes: "resource_type", actors: "actor_id" } as const;
type FacetName = keyof typeof facetColumns;
const facetValuesMax = 50;

export interface FacetRequest {
  /** What the viewer may see: never left out. */
  visible: Query;
  /** What was asked: parts that the roll-up does not know are left out, and counts are then too high. */
  asked: Query;
  name: FacetName;
}

/** Most frequent values of one field: from the roll-up when it can tell what is visible, else from the events themselves. */
export async function facet(sql: Sql, organizationId: string, { visible, asked, name }: FacetRequest): Promise<FacetValue[]> {
  // An hour of the roll-up cannot be told apart, and nobody is told of the part of it that they may not see.
  const rolled = isRolledUp(visible) && hasWholeHours(visible);
  const both: Query = { is: "all", of: [visible, asked] };
  const column = sql.unsafe(facetColumns[name]);
  const label = name === "actors" ? sql`max(actor_name)` : column;
  const rows = await sql<{ value: string; label: string | null; events: string }[]>`
    select ${column} as value, ${label} as label, ${rolled ? sql`sum(events)` : sql`count(*)`} as events
    from ${rolled ? sql`activity_hours` : sql`organization_events`}
    where organization_id = ${organizationId} and ${column} <> '' and (${rolled ? rollUpPredicate(sql, both) : ofEvents(sql, organizationId, both)})
    group by ${column}
    order by events desc, value
    limit ${facetValuesMax}`;
  return rows.map(({ value, label: shown, events }) => ({ value, label: shown || value, count: Number(events) }));
}

/** Beside the exact predicate stands what the index can answer: without it, counting one actor's events reads everybody's. */
const ofEvents = (sql: Sql, organizationId: string, query: Query): Fragment =>
  sql`${tokenCondition(sql, organizationId, query) ?? sql`true`} and (${predicate(sql, query)})`;

/** The whole query in terms of the roll-up, or null when it asks for more than the roll-up knows. */
function fromRollUp(sql: Sql, query: Query): Fragment | null {
  return hasWholeHours(query) && isRolledUp(query) ? rollUpPredicate(sql, query) : null;
}

function hasWholeHours(query: Query): boolean {
  switch (query.is) {
    case "occurred":
      return [query.from, query.to].every((edge) => edge === undefined || Date.parse(edge) % hourMs === 0);
    case "all":
    case "any":
      return query.of.every(hasWholeHours);
    case "not":
      return hasWholeHours(query.of);
    case "everything":
    case "nothing":
    case "equals":
    case "text":
      return true;
  }
}

function isRolledUp(query: Query): boolean {
  switch (query.is) {
    case "everything":
    case "nothing":
    case "occurred":
      return true;
    case "all":
    case "any":
      return query.of.every(isRolledUp);
    case "not":
      return isRolledUp(query.of);
    case "equals":
      return rolledUp[query.field] !== undefined;
    case "text":
      return false;
  }
}

/** What the roll-up can say of the query; parts that it does not know are left out, so counts may then be too high. */
function rollUpPredicate(sql: Sql, query: Query): Fragment {
  switch (query.is) {
    case "everything":
      return sql`true`;
    case "nothing":
      return sql`false`;
    case "all":
      return query.of.reduce<Fragment>((joined, part) => sql`${joined} and (${rollUpPredicate(sql, part)})`, sql`true`);
    case "any":
      return query.of.every(isRolledUp)
        ? query.of.reduce<Fragment>((joined, part) => sql`${joined} or (${rollUpPredicate(sql, part)})`, sql`false`)
        : sql`true`;
    case "not":
      return isRolledUp(query.of) ? sql`not (${rollUpPredicate(sql, query.of)})` : sql`true`;
    case "equals": {
      const column = rolledUp[query.field];
      return column === undefined ? sql`true` : sql`${sql.unsafe(column)} = any (${arrayLiteral(query.values)}::text[])`;
    }
    case "occurred":
      return sql`true ${query.from === undefined ? sql`` : sql`and hour >= date_trunc('hour', ${query.from}::text::timestamptz)`} ${
        query.to === undefined ? sql`` : sql`and hour < ${query.to}::text::timestamptz`
      }`;
    case "text":
      return sql`true`;
  }
}

export const isExactInRollUp = isRolledUp;

const emptyCounts = () => Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;
