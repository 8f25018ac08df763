import type { FacetKey, Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { countedEvents, shapeColumns, uncountedEventsMax } from "./counted-events.ts";
import type { ShapeColumn } from "./counted-events.ts";
import { countableBy } from "./others-counted.ts";
import { reachOf, uncounted } from "./reach.ts";
import { isRolledUp, timed } from "./roll-up-query.ts";
import { withinBudget } from "./time-budget.ts";

export interface FacetValue {
  /** What a search for it says. */
  value: string;
  label: string;
  count: number;
}

export interface FacetGroup {
  key: FacetKey;
  /** Those with most events first. */
  values: FacetValue[];
  /** False when only some of the events were looked at: the newest that match. */
  exact: boolean;
  /** Whether there are more values than these. */
  more: boolean;
}

export interface FacetsRequest {
  /** What the viewer may see and what was asked, already joined. */
  query: Query;
  keys: readonly FacetKey[];
  limit: number;
  /** Only values that hold this, or whose label or other name does, without regard to case. */
  containing?: string;
  /** People know each other by e-mail. Where these are hidden, the id stands for an actor. */
  hidesEmails?: boolean;
  /** For tests: how many rows are read where neither the roll-up nor the index can answer, and how many the index may find. */
  rowsMax?: number;
  matchesMax?: number;
  /** How long a statement may take, in milliseconds. What takes longer is not counted: groups without values, that are not exact and have more. */
  budgetMs?: number;
}

/** So many events are taken apart by their values while somebody waits; of more, the newest. */
const eventsTakenApartMax = 10_000;

/** Events that the index may find, to be taken apart. */
const foundEventsMax = 8_000;

interface Named {
  value: string;
  label: string;
  /** What else the value is known by. */
  alias?: string;
}

/** Where e-mails are hidden. Not every producer writes them with an `@` by which one would know them again. */
const actorById: Named = { value: "coalesce(actor_id, actor_name)", label: "coalesce(actor_name, actor_id)" };

/** Values of the events by key, and what names them. Each value is one that a search for it finds. */
const ofEvents: Record<FacetKey, Named> = {
  status: { value: "status", label: "status" },
  operation: { value: "operation", label: "operation" },
  action: { value: "action", label: "action" },
  namespace: { value: "namespace", label: "namespace" },
  resource_type: { value: "resource_type", label: "resource_type" },
  resource: { value: "coalesce(resource_id, resource_name)", label: "coalesce(resource_name, resource_id)" },
  actor: { value: "coalesce(actor_email, actor_id, actor_name)", label: "coalesce(actor_name, actor_email, actor_id)", alias: "actor_id" },
  actor_type: { value: "actor_type", label: "actor_type" },
  team: { value: "team_id", label: "coalesce(team_name, team_id)" },
  source: { value: "source", label: "source" },
  ip: { value: "ip", label: "ip" },
  origin: { value: "origin", label: "origin" },
};

const isShape = (key: FacetKey): key is FacetKey & ShapeColumn => (shapeColumns as readonly string[]).includes(key);

/** Most frequent values of some keys: from the roll-up where it can say exactly this, else from the events, all of them or the newest. */
export async function facets(sql: Sql, organizationId: string, request: FacetsRequest): Promise<FacetGroup[]> {
  if (request.budgetMs === undefined) return countedFacets(sql, organizationId, request);
  const groups = await withinBudget(sql, request.budgetMs, (inner) => countedFacets(inner, organizationId, request));
  return groups ?? request.keys.map(uncountedGroup);
}

/** Of a key that nobody had the time to count. */
export const uncountedGroup = (key: FacetKey): FacetGroup => ({ key, values: [], exact: false, more: true });

async function countedFacets(sql: Sql, organizationId: string, request: FacetsRequest): Promise<FacetGroup[]> {
  const of = timed(request.query);
  const isKnown = isRolledUp(of.rest) && (await uncounted(sql, organizationId)) <= uncountedEventsMax;
  const rolled = isKnown ? await countableBy(sql, organizationId, { query: of, columns: request.keys.filter(isShape) }) : [];
  const others = request.keys.filter((key) => !(rolled as readonly FacetKey[]).includes(key));
  const groups: FacetGroup[] = [];
  if (rolled.length > 0) {
    const values = rolled.map((key) => ({ key, value: key, label: key }));
    const counted = sql`(${countedEvents(sql, organizationId, { query: of, columns: rolled, days: true })}) counted`;
    const found = sql`select ${named(sql, values)}, sum(events)::bigint as events from ${counted} group by ${sql.unsafe(rolled.join(", "))}`;
    groups.push(...(await grouped(sql, { found, values, exactUpTo: Infinity, request })));
  }
  if (others.length > 0) {
    const values = others.map((key) => ({ key, ...(key === "actor" && request.hidesEmails ? actorById : ofEvents[key]) }));
    const { whole, scope, rest } = await reachOf(sql, organizationId, request.query, {
      matchesMax: request.matchesMax ?? foundEventsMax,
      rowsMax: request.rowsMax,
    });
    // `offset 0` fences the inner query: the index finds the rows first, and only then are they sorted.
    const found = sql`
      select *, 1 as events
      from (
        select occurred_at, id, ${named(sql, values)} from organization_events where ${scope} and (${predicate(sql, rest)}) ${whole ? sql`offset 0` : sql``}
      ) found
      order by occurred_at desc, id desc
      limit ${eventsTakenApartMax + 1}`;
    groups.push(...(await grouped(sql, { found, values, exactUpTo: whole ? eventsTakenApartMax : -1, request })));
  }
  return request.keys.flatMap((key) => groups.find((group) => group.key === key) ?? []);
}

type Asked = Named & { key: FacetKey };

/** Columns `value_<key>`, `label_<key>` and `alias_<key>`. */
const named = (sql: Sql, values: readonly Asked[]): Fragment =>
  sql.unsafe(values.map(({ key, value, label, alias = "null" }) => `${value} as value_${key}, ${label} as label_${key}, ${alias} as alias_${key}`).join(", "));

interface Grouping {
  found: Fragment;
  values: readonly Asked[];
  /** Exact if no more events than these were found. */
  exactUpTo: number;
  request: FacetsRequest;
}

async function grouped(sql: Sql, { found, values, exactUpTo, request: { containing = "", limit } }: Grouping): Promise<FacetGroup[]> {
  // Each key by itself: to group pairs of key and value takes three times as long.
  const groups = values.map(({ key }) => {
    const [value, label] = [`value_${key}`, `label_${key}`];
    const holds = sql`strpos(${sql.unsafe(`lower(concat_ws(E'\\n', ${value}, ${label}, alias_${key}))`)}, lower(${containing}::text)) > 0`;
    const begins = sql`bool_or(${sql.unsafe(`starts_with(lower(${value}), `)}lower(${containing}::text)) or ${sql.unsafe(`starts_with(lower(${label}), `)}lower(${containing}::text)))`;
    return sql`(
      select ${sql.unsafe(`'${key}' as key, ${value} as value, max(${label}) as label, sum(events) as events`)}, ${containing === "" ? sql`true` : begins} as begins
      from found
      where ${sql.unsafe(`${value} <> ''`)} ${containing === "" ? sql`` : sql`and ${holds}`}
      group by 2
      order by 5 desc, 4 desc, 2
      limit ${limit + 1})`;
  });
  const rows = await sql<{ key: FacetKey | null; value: string; label: string; events: string }[]>`
    with found as materialized (${found})
    select null as key, '' as value, '' as label, count(*) as events, true as begins from found
    union all ${groups.reduce((joined, group) => sql`${joined} union all ${group}`)}
    order by begins desc, events desc, value`;
  const exact = Number(rows.find(({ key }) => key === null)?.events ?? 0) <= exactUpTo;
  return values.map(({ key }) => {
    const own = rows.filter((row) => row.key === key);
    return {
      key,
      values: own.slice(0, limit).map(({ value, label, events }) => ({ value, label: label || value, count: Number(events) })),
      exact,
      more: own.length > limit,
    };
  });
}
