import type { AuditEvent } from "@daybook/event";
import type { Shown } from "@daybook/policy";
import { matches, queryOf } from "@daybook/query";
import type { Scope } from "../logs/logs-search.ts";

/** Whether the list leaves this event out. One that is only not loaded yet is inside; of one with hidden fields nobody here can tell. */
export function isOutside(event: Shown<AuditEvent>, { logType, filter }: Pick<Scope, "logType" | "filter">, me: string): boolean {
  if (event.log_type !== logType) return true;
  if (event.masked !== undefined && event.masked.length > 0) return false;
  try {
    return !matches(queryOf(filter, { me }), event);
  } catch {
    // A search that is not understood is told about in its own bar.
    return false;
  }
}
