/** What one cell of the matrix answers: the class of the answer, not its words. */
const outcomes = ["done", "forbidden", "unauthenticated", "not_found"] as const;
export type Outcome = (typeof outcomes)[number];

const byStatus: Record<number, Outcome> = { 401: "unauthenticated", 403: "forbidden", 404: "not_found" };

/** The class of an HTTP status; what access control never answers is told as it came. */
export const outcomeOf = (status: number): Outcome | `unexpected ${number}` =>
  status >= 200 && status < 300 ? "done" : (byStatus[status] ?? `unexpected ${status}`);
