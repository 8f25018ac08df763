import type { EventRow } from "@daybook/event";
import { Refusal } from "@daybook/event";
import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate, timeBounds, tokenCondition } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { listColumns, rowOf } from "./row.ts";
import type { ListRecord } from "./row.ts";

/** A place in a list ordered by (occurred_at, id), newest first. */
interface Position {
  occurredAt: string;
  id: string;
}

export interface Page {
  events: EventRow[];
  nextCursor: string | null;
}

const pageEventsMax = 200;

/** Frequent values are found among this many of the newest rows in about a millisecond; only rarer ones need the index. */
const walkedRows = 2_000;

/** Windows of months, newest first. The index finds the rows of each; the walk stops when the page is full. */
const windowMonths = [1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1_200];

/** One page of the log, newest first. `query` is what the viewer may see and what was asked, already joined. */
export async function searchEvents(
  sql: Sql,
  organizationId: string,
  { query, cursor, limit }: { query: Query; cursor?: string | null | undefined; limit: number },
): Promise<Page> {
  const wanted = Math.min(Math.max(1, limit), pageEventsMax) + 1;
  const before = cursor ? readCursor(cursor) : null;
  const scope = scopeOf(sql, organizationId, query, before);
  const records = await walk(sql, organizationId, scope, query, wanted);
  const events = records.slice(0, wanted - 1).map(rowOf);
  const last = events.at(-1);
  return { events, nextCursor: records.length === wanted && last ? writeCursor({ occurredAt: last.occurred_at, id: last.id }) : null };
}

/** Organization, time bounds and cursor: the part that the primary key answers. */
function scopeOf(sql: Sql, organizationId: string, query: Query, before: Position | null): Fragment {
  const { from, to } = timeBounds(query);
  return sql`organization_id = ${organizationId}
    ${from === undefined ? sql`` : sql`and occurred_at >= ${from}::text::timestamptz`}
    ${to === undefined ? sql`` : sql`and occurred_at < ${to}::text::timestamptz`}
    ${before === null ? sql`` : sql`and (occurred_at, id) < (${before.occurredAt}::text::timestamptz, ${before.id}::uuid)`}`;
}

async function walk(sql: Sql, organizationId: string, scope: Fragment, query: Query, wanted: number): Promise<ListRecord[]> {
  const condition = predicate(sql, query);
  const found: ListRecord[] = await sql<ListRecord[]>`
    select ${sql.unsafe(listColumns)}
    from (select * from organization_events where ${scope} order by occurred_at desc, id desc limit ${walkedRows}) newest
    where ${condition}
    order by occurred_at desc, id desc
    limit ${wanted}`;
  if (found.length >= wanted) return found;
  const [edge] = await sql<{ occurred_at: Date; id: string }[]>`
    select occurred_at, id from organization_events where ${scope} order by occurred_at desc, id desc offset ${walkedRows - 1} limit 1`;
  if (!edge) return found;
  const [oldest] = await sql<{ occurred_at: Date }[]>`
    select occurred_at from organization_events where ${scope} order by occurred_at, id limit 1`;
  const token = tokenCondition(sql, organizationId, query) ?? sql`true`;
  let end = sql`(occurred_at, id) < (${edge.occurred_at.toISOString()}::text::timestamptz, ${edge.id}::uuid)`;
  let endsAt = edge.occurred_at;
  for (const months of windowMonths) {
    const startsAt = monthsBefore(endsAt, months);
    // `offset 0` fences the inner query: the index finds the window's rows first, and only then are they sorted.
    const more = await sql<ListRecord[]>`
      select ${sql.unsafe(listColumns)}
      from (
        select * from organization_events
        where ${scope} and ${end} and occurred_at >= ${startsAt.toISOString()}::text::timestamptz and ${token}
        offset 0
      ) candidates
      where ${condition}
      order by occurred_at desc, id desc
      limit ${wanted - found.length}`;
    found.push(...more);
    if (found.length >= wanted || !oldest || startsAt <= oldest.occurred_at) break;
    endsAt = startsAt;
    end = sql`occurred_at < ${startsAt.toISOString()}::text::timestamptz`;
  }
  return found;
}

const monthsBefore = (at: Date, months: number): Date => {
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - (months - 1), 1));
  return first < at ? first : new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1));
};

const writeCursor = ({ occurredAt, id }: Position): string => Buffer.from(`${occurredAt} ${id}`).toString("base64url");

/** Cursors come back from outside: what does not read as one is refused with words. */
function readCursor(cursor: string): Position {
  const [occurredAt, id] = Buffer.from(cursor.slice(0, 200), "base64url").toString("utf8").split(" ");
  const at = Date.parse(occurredAt ?? "");
  const valid =
    occurredAt && id && at >= 0 && at < Date.UTC(10_000, 0, 1) && /^\d{4}-/.test(occurredAt) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (!valid) throw new Refusal("invalid", "The cursor is not one that Daybook gave out. Start again without it.", "cursor");
  return { occurredAt: new Date(occurredAt).toISOString(), id };
}
