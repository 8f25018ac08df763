import type { CountRow } from "../digest.ts";

/** Alice looked at a report, unless told otherwise. */
export const countRow = (over: Partial<CountRow>): CountRow => ({
  at: "2026-11-16",
  action: "report_viewed",
  operation: "viewed",
  actorId: "u_1",
  actorName: "Alice",
  status: "success",
  count: 1,
  ...over,
});
