import { logTypes, Refusal } from "@daybook/event";
import type { LogType } from "@daybook/event";
import { askable, includes, maskedFields, maskOf, visibleTo } from "@daybook/policy";
import { allOf, describe, occurred } from "@daybook/query";
import type { Filter, Query } from "@daybook/query";
import { z } from "zod";
import { askedQuery, filterInput, instant } from "../../activity/search.ts";
import type { Context } from "../../context.ts";

/** What an auditor is to see: a filter of the log, and from when to when. */
export const auditedScope = {
  logType: z.enum(logTypes).optional(),
  filter: filterInput.default({}),
  /** Events that occurred from (inclusive) to (exclusive); open where it is missing. */
  eventsFrom: instant,
  eventsTo: instant,
};

export const hiddenFields = z
  .array(z.enum(maskedFields))
  .max(maskedFields.length)
  .transform((fields) => maskedFields.filter((field) => fields.includes(field)));

interface Scope {
  logType?: LogType | undefined;
  filter: Filter;
  eventsFrom?: string | undefined;
  eventsTo?: string | undefined;
}

/**
 * The query of a grant. Nobody shows more than they see themselves: what is hidden from the granter cannot be asked for, and their own view is joined to
 * it. Its words are those of what was asked.
 */
export function grantedQuery({ viewer }: Context, { logType, filter, eventsFrom, eventsTo }: Scope): { query: Query; words: string } {
  if (filter.from !== undefined || filter.to !== undefined)
    throw new Refusal("invalid", "The time of the events is stated beside the filter, not in it.", filter.from === undefined ? "filter.to" : "filter.from");
  if (eventsFrom !== undefined && eventsTo !== undefined && eventsFrom >= eventsTo)
    throw new Refusal("invalid", "The time of the events ends before it begins.", "eventsTo");
  // The granter's view is kept with the grant: made without the log, it would show nothing for ever.
  const planned = viewer.kind === "daybook" ? null : includes(viewer.plan, "log");
  if (planned?.allowed === false) throw new Refusal("not_in_plan", planned.reason);
  const asked = askable(maskOf(viewer), simplified(askedQuery({ logType, filter })));
  const visible = visibleTo(viewer);
  return { query: visible.is === "everything" ? asked : allOf(visible, asked), words: describe(asked) };
}

export const coveredWindow = ({ eventsFrom, eventsTo }: Pick<Scope, "eventsFrom" | "eventsTo">): Query =>
  occurred({ ...(eventsFrom !== undefined && { from: eventsFrom }), ...(eventsTo !== undefined && { to: eventsTo }) });

/** Without parts that say nothing, so that its words read well. */
function simplified(query: Query): Query {
  if (query.is !== "all") return query;
  const parts = query.of.map(simplified).filter(({ is }) => is !== "everything");
  const [only] = parts;
  if (only === undefined) return { is: "everything" };
  return parts.length === 1 ? only : { is: "all", of: parts.flatMap((part) => (part.is === "all" ? part.of : [part])) };
}
