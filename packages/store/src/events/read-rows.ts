import type { EventRow } from "@daybook/event";
import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { arrayLiteral, predicate } from "./compile-query.ts";
import { listColumns, rowOf } from "./row.ts";
import type { ListRecord } from "./row.ts";

/** List rows of known events, newest in the sequence first; those that the query hides, or that were purged, are missing. */
export async function readRows(sql: Sql, organizationId: string, { ids, query }: { ids: readonly string[]; query: Query }): Promise<EventRow[]> {
  if (ids.length === 0) return [];
  const records = await sql<ListRecord[]>`
    select ${sql.unsafe(listColumns)}
    from organization_events
    where organization_id = ${organizationId} and id = any (${arrayLiteral(ids)}::text::uuid[]) and (${predicate(sql, query)})
    order by seq desc`;
  return records.map(rowOf);
}
