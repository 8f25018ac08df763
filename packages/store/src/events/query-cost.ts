import type { Query } from "@daybook/query";
import { unwantedWords } from "./text-predicate.ts";

/** About how many plain comparisons it takes to tell whether one event matches. */
export function costOf(query: Query): number {
  switch (query.is) {
    case "all": {
      const { unwanted, others } = unwantedWords(query.of);
      return [...unwanted, ...others].reduce((sum, part) => sum + costOf(part), 0);
    }
    case "any":
      return query.of.reduce((sum, part) => sum + costOf(part), 0);
    case "not":
      return costOf(query.of);
    case "text":
      return 8 + query.words.length;
    case "like":
      return query.patterns.length;
    case "equals":
      return query.values.length / 16;
    case "network":
    case "changed":
    case "metadata":
      return 4;
    case "everything":
    case "nothing":
    case "occurred":
    case "compare":
    case "has":
      return 1;
  }
}

const costsOfMatch: Partial<Record<Query["is"], number>> = { text: 32, network: 40, changed: 20, metadata: 20 };

/** The same for one that does match: what rules an event out may cost little, and to make sure a lot. */
export function costOfMatch(query: Query): number {
  if (query.is === "all") {
    const { unwanted, others } = unwantedWords(query.of);
    return [...unwanted, ...others].reduce((sum, part) => sum + costOfMatch(part), 0);
  }
  if (query.is === "any") return query.of.reduce((sum, part) => sum + costOfMatch(part), 0);
  return query.is === "not" ? costOfMatch(query.of) : (costsOfMatch[query.is] ?? costOf(query));
}
