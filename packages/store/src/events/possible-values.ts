import type { ExactField, Query } from "@daybook/query";
import { allOf, equals } from "@daybook/query";
import type { Sql } from "postgres";
import { rollUpConsumer } from "../consumers.ts";
import { arrayLiteral, predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import type { ShapeColumn } from "./counted-events.ts";
import { instant } from "./instants.ts";
import { notYetCounted } from "./possible-months.ts";
import type { MonthsRequest } from "./possible-months.ts";
import { everyLeaf, isRolledUp, rollUpPredicate, shapeFields, tellsApart, timed, withoutTime } from "./roll-up-query.ts";

/** Columns of the roll-up whose values the index knows. */
const columns: Partial<Record<ExactField, ShapeColumn>> = shapeFields;

/** Of more values than these the index is not asked. */
const valuesMax = 32;
/** Nor of values that are on more of the events: reading who has them costs more than it spares. */
const shareMax = 1 / 4;
/** The share is that of the newest days on which something occurred. */
const daysOfShare = 7;

/**
 * The query, and beside it the values one of which every match has, where the roll-up knows them: patterns and exclusions say nothing to an index, and
 * `action:*plan*` is one action in 22, `-actor_type:user` one kind of actor in two.
 */
export async function withPossibleValues(sql: Sql, organizationId: string, { query, uncountedMax }: MonthsRequest): Promise<Query> {
  const { from, to, rest } = timed(query);
  const fields = openFields(rest);
  if (fields.length === 0) return query;
  const names = fields.flatMap((field) => columns[field] ?? []);
  const values = sql.unsafe(names.map((name) => `, (select array_to_json(array_agg(distinct ${name})) from fitting) as ${name}`).join(""));
  // In one statement, so of one moment: what the cursor has passed is among the shapes.
  const [known] = await sql<({ cursor: string; uncounted: string; others: boolean } & Partial<Record<ShapeColumn, string[] | null>>)[]>`
    with consumer as (
      select coalesce(max(cursor_seq), 0) as cursor from consumers where organization_id = ${organizationId} and name = ${rollUpConsumer}
    ), fitting as materialized (
      select * from month_shapes
      where organization_id = ${organizationId} and month >= date_trunc('month', ${instant(sql, from)}, 'UTC') and month < ${instant(sql, to)}
        and (operation = '' or (${rollUpPredicate(sql, withoutTime(rest))}))
    )
    select cursor, next_seq - 1 - cursor as uncounted, exists (select from fitting where operation = '') as others ${values}
    from organization_heads, consumer
    where organization_id = ${organizationId}`;
  if (!known || known.others || Number(known.uncounted) > uncountedMax) return query;
  const late =
    Number(known.uncounted) === 0
      ? []
      : await sql<Partial<Record<ShapeColumn, string | null>>[]>`
    select distinct ${sql.unsafe(names.join(", "))}
    from ${notYetCounted(sql, organizationId, { ...known, uncountedMax })}
    where ${predicate(sql, query)}`;
  const possible = fields.flatMap((field) => {
    const name = columns[field];
    const found = name && [...new Set([...(known[name] ?? []), ...late.map((event) => event[name] ?? "")])];
    // What an event is without has no entry in the index, and neither has success.
    return !name || !found || found.length > valuesMax || found.includes("") || found.includes("success") ? [] : [{ field, name, found }];
  });
  if (possible.length === 0) return query;
  const counts = possible.reduce<Fragment>(
    (joined, { name, found }) => sql`${joined}, sum(events) filter (where ${sql.unsafe(name)} = any (${arrayLiteral(found)}::text[])) as ${sql.unsafe(name)}`,
    sql`sum(events) as events`,
  );
  const [recent] = await sql<({ events: string | null } & Partial<Record<ShapeColumn, string | null>>)[]>`
    select ${counts}
    from activity_shapes
    where organization_id = ${organizationId} and grain = 'day'
      and start > (select max(start) from activity_shapes where organization_id = ${organizationId} and grain = 'day') - make_interval(days => ${daysOfShare}::int)`;
  const rare = possible.filter(({ name }) => Number(recent?.[name] ?? 0) <= shareMax * Number(recent?.events ?? 0));
  return allOf(query, ...rare.map(({ field, found }) => equals(field, ...found)));
}

/** Fields of the parts that exclude or hold patterns. */
function openFields(query: Query): ExactField[] {
  if (query.is === "all") return [...new Set(query.of.flatMap(openFields))];
  if (!isRolledUp(query) || !tellsApart(query)) return [];
  const fields = new Set<ExactField>();
  let isOpen = query.is === "not";
  everyLeaf(query, (leaf) => {
    if (leaf.is === "like") isOpen = true;
    if ((leaf.is === "like" || leaf.is === "equals") && columns[leaf.field] !== undefined) fields.add(leaf.field);
    return true;
  });
  return isOpen ? [...fields] : [];
}
