import type { ExactField, Query } from "@daybook/query";
import type { Sql } from "postgres";
import { arrayLiteral, predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { instant } from "./instants.ts";

const hourMs = 3_600_000;

/** Fields whose values the shapes tell, with their columns. */
export const shapeFields = {
  action: "action",
  operation: "operation",
  namespace: "namespace",
  "actor.type": "actor_type",
  "resource.type": "resource_type",
  status: "status",
} as const satisfies Partial<Record<ExactField, string>>;

/** Fields by which the roll-up counts, with its columns. Its table of hours by actor names an actor by whatever names them best: that is none of the actor's fields. */
const columns: Partial<Record<ExactField, string>> = { log_type: "log_type", ...shapeFields };

/** A query, with the range of time that all of it lies in taken out. */
export interface Timed {
  /** Inclusive; minus infinity where it has no beginning. */
  from: number;
  /** Exclusive. */
  to: number;
  rest: Query;
}

export function timed(query: Query): Timed {
  if (query.is === "occurred") return { from: query.from === undefined ? -Infinity : Date.parse(query.from), to: endOf(query.to), rest: { is: "everything" } };
  if (query.is !== "all") return { from: -Infinity, to: Infinity, rest: query };
  const parts = query.of.map(timed);
  return {
    from: Math.max(-Infinity, ...parts.map(({ from }) => from)),
    to: Math.min(Infinity, ...parts.map(({ to }) => to)),
    rest: { is: "all", of: parts.map(({ rest }) => rest).filter(({ is }) => is !== "everything") },
  };
}

const endOf = (to: string | undefined): number => (to === undefined ? Infinity : Date.parse(to));

/** A part of a query that joins no others. */
export type Leaf = Exclude<Query, { is: "all" | "any" | "not" }>;

/** Whether a question that is answered part by part has a yes for every part of the query, however they are joined. */
export function everyLeaf(query: Query, holds: (leaf: Leaf) => boolean): boolean {
  if (query.is === "all" || query.is === "any") return query.of.every((part) => everyLeaf(part, holds));
  return query.is === "not" ? everyLeaf(query.of, holds) : holds(query);
}

/** Whether the roll-up can say exactly this of an hour. Times that are left within alternatives must be whole hours. */
export const isRolledUp = (query: Query): boolean =>
  everyLeaf(query, (leaf) => {
    switch (leaf.is) {
      case "everything":
      case "nothing":
        return true;
      case "occurred":
        return [leaf.from, leaf.to].every((edge) => edge === undefined || Date.parse(edge) % hourMs === 0);
      case "equals":
      case "like":
        return columns[leaf.field] !== undefined;
      case "network":
      case "compare":
      case "has":
      case "changed":
      case "metadata":
      case "text":
        return false;
    }
  });

/** What the roll-up can say of the query; parts that it does not know are left out, so counts may then be too high. */
export function rollUpPredicate(sql: Sql, query: Query): Fragment {
  switch (query.is) {
    case "all":
      return query.of.reduce<Fragment>((joined, part) => sql`${joined} and (${rollUpPredicate(sql, part)})`, sql`true`);
    case "any":
      return query.of.every(isRolledUp)
        ? query.of.reduce<Fragment>((joined, part) => sql`${joined} or (${rollUpPredicate(sql, part)})`, sql`false`)
        : sql`true`;
    case "not":
      return isRolledUp(query.of) ? sql`not (${rollUpPredicate(sql, query.of)})` : sql`true`;
    case "equals": {
      const column = columns[query.field];
      return column === undefined ? sql`true` : sql`${sql.unsafe(column)} = any (${arrayLiteral(query.values)}::text[])`;
    }
    case "like":
      // The columns have the names of those of the events; what the log does not know is an empty text here.
      return columns[query.field] === undefined ? sql`true` : sql`(${sql.unsafe(columns[query.field] ?? "")} <> '' and ${predicate(sql, query)})`;
    case "occurred":
      return sql`start >= ${instant(sql, query.from === undefined ? -Infinity : Date.parse(query.from))} and start < ${instant(sql, endOf(query.to))}`;
    case "nothing":
      return sql`false`;
    case "everything":
    case "network":
    case "compare":
    case "has":
    case "changed":
    case "metadata":
    case "text":
      return sql`true`;
  }
}

/** Nobody is told of the part of an hour that they may not see: an inner time that is no whole hour makes the day rows useless as well. */
export const hasInnerTime = (query: Query): boolean =>
  query.is === "occurred" || (query.is === "all" || query.is === "any" ? query.of.some(hasInnerTime) : query.is === "not" && hasInnerTime(query.of));

/** By days or months, times within alternatives say nothing; words, which the roll-up does not know either, stand for whatever it cannot tell. */
export function withoutTime(query: Query): Query {
  if (query.is === "occurred") return { is: "text", words: [] };
  if (query.is === "all" || query.is === "any") return { ...query, of: query.of.map(withoutTime) };
  return query.is === "not" ? { ...query, of: withoutTime(query.of) } : query;
}

/** Whether the roll-up knows of shapes that do not match. Which of the two logs an event belongs to is not worth a question: nearly all are of one. */
export function tellsApart(query: Query): boolean {
  switch (query.is) {
    case "all":
      return query.of.some(tellsApart);
    case "any":
      return query.of.every(isRolledUp) && query.of.some(tellsApart);
    case "not":
      return isRolledUp(query.of) && tellsApart(query.of);
    case "equals":
    case "like":
      return query.field !== "log_type" && columns[query.field] !== undefined;
    case "nothing":
      return true;
    case "everything":
    case "occurred":
    case "network":
    case "compare":
    case "has":
    case "changed":
    case "metadata":
    case "text":
      return false;
  }
}
