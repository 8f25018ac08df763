import { and, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** The last row of the page before: lists by name go on behind it. Names may repeat, so the id decides between them. */
export interface AfterName {
  name: string;
  id: string;
}

/** One page of a list by name, of the rows whose name holds a text in any case. */
export interface ByName {
  containing: string;
  after: AfterName | null;
  limit: number;
}

export const behindName = (name: PgColumn | SQL, id: PgColumn | SQL, after: AfterName | null): SQL | undefined =>
  after === null ? undefined : drizzleSql`(lower(${name}), ${id}) > (lower(${after.name}::text), ${after.id}::uuid)`;

export const holdsText = (containing: string, ...columns: (PgColumn | SQL)[]): SQL | undefined =>
  containing === ""
    ? undefined
    : drizzleSql`(${drizzleSql.join(
        columns.map((column) => drizzleSql`strpos(lower(${column}), lower(${containing}::text)) > 0`),
        drizzleSql` or `,
      )})`;

export const byName = (name: PgColumn | SQL, id: PgColumn | SQL): SQL[] => [drizzleSql`lower(${name})`, drizzleSql`${id}`];

export const pageOf = ({ containing, after }: ByName, name: PgColumn | SQL, id: PgColumn | SQL, ...searched: (PgColumn | SQL)[]): SQL | undefined =>
  and(holdsText(containing, name, ...searched), behindName(name, id, after));
