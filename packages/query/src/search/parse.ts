import type { Parsed } from "./clause.ts";
import { problemOf } from "./problems.ts";
import { readSearch } from "./read.ts";

/** What a search text says, and of each part that is not understood the place, a sentence, and a mended text where there is one. */
export function parseSearch(text: string): Parsed {
  const { findings, ...read } = readSearch(text);
  return { ...read, problems: findings.map((finding) => problemOf(text, finding)) };
}
