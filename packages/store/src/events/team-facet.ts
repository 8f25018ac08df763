import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate, timeBounds, tokenCondition } from "./compile-query.ts";
import type { FacetValue } from "./counts.ts";

export interface TeamFacetRequest {
  /** What the viewer may see and what was asked, already joined. */
  query: Query;
  /** The newest events are counted, and no more than these. */
  eventsMax: number;
  teamsMax: number;
}

export interface TeamFacet {
  teams: FacetValue[];
  /** False when older events than those that were looked at were left out. */
  complete: boolean;
}

/**
 * The teams whose events match, those with most events first. The roll-up knows no teams, so they are counted among the newest events; where the index
 * can tell which events could match, among the newest of those.
 */
export async function teamFacet(sql: Sql, organizationId: string, { query, eventsMax, teamsMax }: TeamFacetRequest): Promise<TeamFacet> {
  const { from, to } = timeBounds(query);
  const token = tokenCondition(sql, organizationId, query);
  const scope = sql`organization_id = ${organizationId}
    ${from === undefined ? sql`` : sql`and occurred_at >= ${from}::text::timestamptz`}
    ${to === undefined ? sql`` : sql`and occurred_at < ${to}::text::timestamptz`}`;
  // `offset 0` fences the inner query: the index finds the rows first, and only then are they sorted.
  const candidates = token ? sql`(select * from organization_events where ${scope} and ${token} offset 0) found` : sql`organization_events where ${scope}`;
  const rows = await sql<{ value: string | null; label: string | null; events: string; looked_at: string }[]>`
    select team_id as value, max(team_name) filter (where matches) as label, count(*) filter (where matches) as events,
      sum(count(*)) over () as looked_at
    from (
      select team_id, team_name, team_id is not null and (${predicate(sql, query)}) as matches
      from (
        select * from ${candidates}
        order by occurred_at desc, id desc
        limit ${eventsMax}
      ) newest
    ) looked_at
    group by team_id
    order by events desc, value
    limit ${teamsMax}`;
  return {
    teams: rows.flatMap(({ value, label, events }) =>
      value === null || Number(events) === 0 ? [] : [{ value, label: label ?? value, count: Number(events) }],
    ),
    complete: Number(rows[0]?.looked_at ?? 0) < eventsMax,
  };
}
