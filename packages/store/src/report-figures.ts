import type { Status } from "@daybook/event";
import { sql as drizzleSql } from "drizzle-orm";
import type { Executor } from "./connect.ts";
import { rolledUpActor, rolledUpActorName, rollUpConsumer } from "./consumers.ts";

/** How often one actor did one thing with one outcome within an hour. */
export interface HourFigure {
  hour: Date;
  action: string;
  operation: string;
  actorId: string | null;
  actorName: string;
  status: Status;
  events: number;
}

/**
 * Counts of the activity log for the hours that begin within [from, to). Events that the roll-up has not counted yet are counted from the log
 * itself, in the same snapshot, so that the figures are exact however far the roll-up is behind.
 */
export async function read(db: Executor, organizationId: string, { from, to }: { from: Date; to: Date }): Promise<HourFigure[]> {
  const rows = await db.execute<Omit<HourFigure, "hour" | "events" | "actorId"> & { hour: string; events: string; actor: string }>(drizzleSql`
    with counted as (
      select hour, action, operation, actor_id, actor_name, status, events
      from activity_hours
      where organization_id = ${organizationId}::uuid
        and log_type = 'activity'
        and hour >= ${from.toISOString()}::timestamptz
        and hour < ${to.toISOString()}::timestamptz
      union all
      select date_trunc('hour', occurred_at), action, operation, ${rolledUpActor}, ${rolledUpActorName}, status, 1
      from organization_events
      where organization_id = ${organizationId}::uuid
        and seq > coalesce((
          select cursor_seq from consumers where organization_id = ${organizationId}::uuid and name = ${rollUpConsumer}), 0)
        and log_type = 'activity'
        and occurred_at >= ${from.toISOString()}::timestamptz
        and date_trunc('hour', occurred_at) >= ${from.toISOString()}::timestamptz
        and occurred_at < ${to.toISOString()}::timestamptz + interval '1 hour'
        and date_trunc('hour', occurred_at) < ${to.toISOString()}::timestamptz
    )
    select hour, action, operation, actor_id as actor, max(actor_name) as "actorName", status, sum(events) as events
    from counted
    group by hour, action, operation, actor_id, status
    order by hour, action, operation, actor_id, status`);
  return rows.map(({ hour, events, actor, ...row }) => ({ ...row, hour: new Date(hour), actorId: actor || null, events: Number(events) }));
}
