import type { Sql } from "postgres";

/** Makes the partitions of all months in which the given instants lie. */
export async function ensurePartitions(sql: Sql, instants: Iterable<string | Date>): Promise<number> {
  const months = new Set<string>();
  for (const instant of instants) months.add(`${new Date(instant).toISOString().slice(0, 7)}-01`);
  let created = 0;
  // One month, one commit: creation in bulk would hold its lock for as long as the slowest.
  for (const month of [...months].toSorted()) {
    const [row] = await sql<{ created: boolean }[]>`select create_event_partition(${month}::text::date) as created`;
    if (row?.created) created += 1;
  }
  return created;
}

export interface Partition {
  name: string;
  /** First day of the month (UTC); null for the partition of everything before 2000. */
  month: string | null;
}

export async function listPartitions(sql: Sql): Promise<Partition[]> {
  const rows = await sql<{ name: string }[]>`
    select child.relname as name
    from pg_inherits
    join pg_class child on child.oid = inhrelid
    where inhparent = 'events'::regclass
    order by 1`;
  return rows.map(({ name }) => {
    const month = /^events_(\d{4})_(\d{2})$/.exec(name);
    return { name, month: month ? `${month[1]}-${month[2]}-01` : null };
  });
}
