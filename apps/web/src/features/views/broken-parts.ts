import { readSearch } from "@daybook/query";

/** Of a text that nobody writes any more, so many parts are named. */
const partsMax = 5;
/** No event has this id. */
export const nothingText = "id:00000000-0000-0000-0000-000000000000";

/** The parts of a view's search that are not understood any more. Leaving them out would show more than the view was made for, so it shows nothing. */
export function brokenParts(q: string | undefined): string[] {
  if (q === undefined) return [];
  const texts = readSearch(q).findings.map(({ from, to }) => q.slice(from, to));
  return [...new Set(texts)].slice(0, partsMax);
}
