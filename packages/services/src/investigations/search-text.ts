import { Refusal } from "@daybook/event";
import { clausesToQuery, parseSearch, printSearch, searchLengthMax } from "@daybook/query";
import { z } from "zod";

export const searchInput = z.string().trim().max(searchLengthMax);

/** A search as a case keeps it: understood as a whole, in its one spelling, and the same for everybody who opens the case. */
export function keptSearch(q: string): string {
  const { clauses, problems } = parseSearch(q);
  const [problem] = problems;
  if (problem) throw new Refusal("invalid", problem.message, "q");
  if (clauses.some((clause) => clause.is === "key" && clause.key === "actor" && clause.values.some(({ text }) => text === "me")))
    throw new Refusal("invalid", "Others read this case as well, and `actor:me` would mean each of them. Name the person instead.", "q");
  // What it says may still make no query, such as a network that is none.
  clausesToQuery(clauses, {});
  const kept = printSearch(clauses);
  if (kept.length > searchLengthMax) throw new Refusal("invalid", `Written out, this search is longer than ${searchLengthMax} characters. Shorten it.`, "q");
  return kept;
}
