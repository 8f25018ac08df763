import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { actionsKeptApart } from "../consumers.ts";
import type { ShapeColumn } from "./counted-events.ts";
import { instant } from "./instants.ts";
import { everyLeaf } from "./roll-up-query.ts";
import type { Timed } from "./roll-up-query.ts";

const dayMs = 86_400_000;

/** What a row of others says of its events as the row of one shape does. */
const toldColumns: ReadonlySet<ShapeColumn> = new Set<ShapeColumn>(["status", "actor_type"]);

/** By which of the columns the roll-up can count what is asked for, also in periods that have more shapes than rows of their own (`consumers.rollUp`). */
export async function countableBy<Column extends ShapeColumn>(
  sql: Sql,
  organizationId: string,
  { query: { from, to, rest }, columns }: { query: Timed; columns: readonly Column[] },
): Promise<Column[]> {
  const told = isTold(rest) ? columns.filter((column) => toldColumns.has(column)) : [];
  if (told.length === columns.length) return told;
  const [others] = await sql<{ start: Date }[]>`
    select start from activity_shapes
    where organization_id = ${organizationId} and operation = '' and start >= ${instant(sql, Math.floor(from / dayMs) * dayMs)} and start < ${instant(sql, to)}
    limit 1`;
  return others ? told : [...columns];
}

/** Whether the query is answered alike for all events that one row of others stands for. */
const isTold = (query: Query): boolean =>
  everyLeaf(query, (leaf) => {
    switch (leaf.is) {
      case "everything":
      case "nothing":
      case "occurred":
        return true;
      case "equals":
        return toldFields.has(leaf.field) || (leaf.field === "action" && leaf.values.every((value) => actionsKeptApart.includes(value)));
      case "like":
        return toldFields.has(leaf.field);
      case "network":
      case "compare":
      case "has":
      case "changed":
      case "metadata":
      case "text":
        return false;
    }
  });

const toldFields: ReadonlySet<string> = new Set(["log_type", "actor.type", "status"]);
