import type { EventRow } from "@daybook/event";
import type { Query } from "@daybook/query";
import type { Sql, TransactionSql } from "postgres";
import { predicate, timeBounds } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { indexCondition } from "./index-condition.ts";
import { boundsOf, possibleMonths } from "./possible-months.ts";
import { withPossibleValues } from "./possible-values.ts";
import { costOf } from "./query-cost.ts";
import { listColumns, rowOf } from "./row.ts";
import type { ListRecord } from "./row.ts";
import { walks } from "./search-order.ts";
import type { Place, SearchOrder, Walk } from "./search-order.ts";
import { statementTimedOut } from "./time-budget.ts";

export interface SearchRequest {
  /** What the viewer may see and what was asked, already joined. */
  query: Query;
  cursor?: string | null | undefined;
  limit: number;
  order?: SearchOrder | undefined;
  /** For tests: how long one page may take before it is handed out as far as it came, and how many events are looked at first. */
  budgetMs?: number;
  firstStep?: number;
  /** For tests: how long one window may take. */
  windowMs?: number;
}

export interface Page {
  events: EventRow[];
  nextCursor: string | null;
  /** Set when the page ends because its time ran out: the search came back to here, and `nextCursor` goes on from here. */
  searchedTo: string | null;
}

const pageEventsMax = 200;

/** Frequent values are found among this many of the newest rows in about a millisecond; only rarer ones need the index. */
const firstStepEvents = 2_000;
/** What no index answers is looked through in steps that double up to this. */
const stepEventsMax = 16_000;
const stepEventsMin = 100;
/** Conditions as costly as these are cheap; more of them make the steps shorter. */
const stepCost = 16;

/** After so long a page is handed out as far as it came. A step that has begun is finished: it is as short as the bounds here make it. */
const pageBudgetMs = 1_500;
/** One window may take so long; then its candidates are too many, and steps are surer to get on. */
const windowTimeoutMs = 750;
/** The next window is about so many times as wide: it is taken if it would end in time, and else one as wide as the last. */
const windowGrowth = 4;

/** One page of the log, newest first. */
export async function searchEvents(sql: Sql, organizationId: string, request: SearchRequest): Promise<Page> {
  const started = performance.now();
  const walk = walks[request.order ?? "time"](sql);
  const wanted = Math.min(Math.max(1, request.limit), pageEventsMax) + 1;
  const { from, to } = timeBounds(request.query);
  const search: Search = {
    sql,
    walk,
    condition: predicate(sql, request.query),
    index: null,
    months: null,
    scope: sql`organization_id = ${organizationId}
      ${from === undefined ? sql`` : sql`and occurred_at >= ${from}::text::timestamptz`}
      ${to === undefined ? sql`` : sql`and occurred_at < ${to}::text::timestamptz`}`,
    stepEvents: request.firstStep ?? Math.max(stepEventsMin, Math.round((firstStepEvents * stepCost) / Math.max(stepCost, costOf(request.query)))),
    windowMs: request.windowMs ?? windowTimeoutMs,
    isLate: () => performance.now() - started >= (request.budgetMs ?? pageBudgetMs),
    wanted,
    found: [],
    newest: null,
  };
  const asked = { query: request.query, uncountedMax: search.stepEvents };
  const learn = async () => {
    keepToMonths(search, await possibleMonths(sql, organizationId, asked));
    search.index = indexCondition(sql, organizationId, await withPossibleValues(sql, organizationId, asked));
  };
  const end = await walkBack(search, request.cursor ? walk.readCursor(request.cursor) : null, learn);
  const last = search.found[wanted - 2];
  if (search.found.length === wanted && last)
    return { events: search.found.slice(0, wanted - 1).map(rowOf), nextCursor: walk.writeCursor(placeOf(last)), searchedTo: null };
  if (end === null) return { events: search.found.map(rowOf), nextCursor: null, searchedTo: null };
  const { place, keeps } = walk.cut(end, search.newest ?? end.occurredAt);
  return { events: search.found.filter(keeps).map(rowOf), nextCursor: walk.writeCursor(place), searchedTo: place.occurredAt.toISOString() };
}

interface Search {
  sql: Sql;
  walk: Walk;
  condition: Fragment;
  /** What the indexes can say, if anything; asked for behind the first step. */
  index: Fragment | null;
  /** Organization and time bounds: the part that the primary key answers. */
  scope: Fragment;
  /** Months that may hold a match, newest first; null where any may. */
  months: readonly Date[] | null;
  stepEvents: number;
  windowMs: number;
  isLate: () => boolean;
  wanted: number;
  found: ListRecord[];
  /** When the newest event that was looked at occurred. */
  newest: Date | null;
}

const isFull = ({ found, wanted }: Search): boolean => found.length >= wanted;

/** Looks back until the page is full, the log ends or the time has run out; returns the place it came to in the last case. */
async function walkBack(search: Search, start: Place | null, learn: () => Promise<void>): Promise<Place | null> {
  const first = await step(search, start, search.stepEvents);
  if (first === null || isFull(search)) return null;
  await learn();
  let place = search.walk.skipTo(first, search.months);
  if (place === null) return null;
  if (search.index !== null && !search.isLate()) {
    place = await windows(search, place, first.stepMs);
    if (place === null || isFull(search)) return null;
  }
  for (let events = search.stepEvents * 2; !search.isLate(); events = Math.min(events * 2, (stepEventsMax * search.stepEvents) / firstStepEvents)) {
    place = await step(search, place, Math.round(events));
    if (place === null || isFull(search)) return null;
    place = search.walk.skipTo(place, search.months);
    if (place === null) return null;
  }
  return place;
}

function keepToMonths(search: Search, months: readonly Date[] | null): void {
  if (months === null) return;
  const { sql, scope } = search;
  const bounds = boundsOf(months);
  search.months = months;
  search.scope =
    bounds === null
      ? sql`${scope} and false`
      : sql`${scope} and occurred_at >= ${bounds.from.toISOString()}::text::timestamptz and occurred_at < ${bounds.to.toISOString()}::text::timestamptz`;
}

/** Looks at the next so many events and filters them. Returns where they end, or null when there are no more. */
async function step(search: Search, from: Place | null, events: number): Promise<(Place & { stepMs: number }) | null> {
  const { sql, walk, scope, condition, found, wanted } = search;
  const rest = from === null ? scope : sql`${scope} and ${walk.behind(from)}`;
  const more = await sql<ListRecord[]>`
    select ${sql.unsafe(listColumns)}
    from (select * from organization_events where ${rest} order by ${walk.newestFirst} limit ${events}) newest
    where ${condition}
    order by ${walk.newestFirst}
    limit ${wanted - found.length}`;
  found.push(...more);
  if (isFull(search)) return null;
  const [edge] = await sql<{ occurred_at: Date; id: string; seq: string; newest: Date; looked_at: string }[]>`
    select occurred_at, id, seq, max(occurred_at) over () as newest, count(*) over () as looked_at
    from (select occurred_at, id, seq from organization_events where ${rest} order by ${walk.newestFirst} limit ${events}) newest
    order by ${walk.oldestFirst}
    limit 1`;
  if (!edge || Number(edge.looked_at) < events) return null;
  search.newest ??= edge.newest;
  return { ...placeOf(edge), stepMs: edge.newest.getTime() - edge.occurred_at.getTime() };
}

/**
 * Lets the indexes find the events of one window after the other. Returns null when the log ends, else the place it came to: because the page is full,
 * time is up, or even a small window has so many candidates that the statement took too long. That one is left to steps.
 */
async function windows(search: Search, from: Place, stepMs: number): Promise<Place | null> {
  const { sql, walk, scope } = search;
  const [oldest] = await sql<{ occurred_at: Date; id: string; seq: string }[]>`
    select occurred_at, id, seq from organization_events where ${scope} order by ${walk.oldestFirst} limit 1`;
  if (!oldest) return null;
  let place = from;
  let size = 0;
  /** A size that took too long once is not tried again. */
  let sizeMax = Infinity;
  const lookBack = async (inner: TransactionSql): Promise<Place | null> => {
    // Planned for its values each time: a plan for any values would be wrong by seconds for some.
    await inner.unsafe(`set local statement_timeout = ${search.windowMs}; set local plan_cache_mode = force_custom_plan`);
    for (;;) {
      const started = performance.now();
      const start = walk.windowBefore(place, size, stepMs);
      search.found.push(...(await candidates(search, inner as unknown as Sql, { start, end: place })));
      // From here on, also for whoever comes back here because the savepoint could not be left in time.
      place = start;
      if (isFull(search)) return place;
      if (walk.reaches(start, placeOf(oldest))) return null;
      const next = walk.skipTo(start, search.months);
      if (next === null) return null;
      place = next;
      if (search.isLate()) return place;
      // The index reads a whole month to find a part of it, so behind the first window there is always one of a month.
      if (size < sizeMax && (size === 0 || (performance.now() - started) * windowGrowth <= search.windowMs)) size += 1;
    }
  };
  for (;;) {
    try {
      // A savepoint, because a statement that takes too long must not take the transaction with it.
      return await (sql as unknown as TransactionSql).savepoint(lookBack);
    } catch (error) {
      if ((error as { code?: unknown }).code !== statementTimedOut) throw error;
      if (size <= 1 || search.isLate()) return place;
      size -= 1;
      sizeMax = size;
    }
  }
}

/** `offset 0` fences the inner query: the index finds the window's events first, and only then are they sorted. */
const candidates = ({ walk, scope, index, condition, wanted, found }: Search, sql: Sql, { start, end }: { start: Place; end: Place }) => sql<ListRecord[]>`
  select ${sql.unsafe(listColumns)}
  from (
    select * from organization_events
    where ${scope} and ${walk.behind(end)} and ${walk.since(start)} and ${index ?? sql`true`}
    offset 0
  ) candidates
  where ${condition}
  order by ${walk.newestFirst}
  limit ${wanted - found.length}`;

const placeOf = ({ occurred_at: occurredAt, id, seq }: { occurred_at: Date; id: string; seq: string }): Place => ({ occurredAt, id, seq: Number(seq) });
