import type { IngestResult } from "@daybook/services";

/** What became of the events of one request. */
export interface Tally {
  /** Every result of up to a thousand events; of more, the refused ones, as many as are told. */
  results: IngestResult[];
  /** How many results are not told. */
  results_omitted: number;
  created: number;
  duplicate: number;
  refused: number;
}

const resultsMax = 1_000;

/** Counts without holding more than it tells. */
export function openTally() {
  const tally: Tally = { results: [], results_omitted: 0, created: 0, duplicate: 0, refused: 0 };
  return {
    tally,
    add(results: readonly IngestResult[]): void {
      for (const result of results) {
        tally[result.status] += 1;
        tally.results.push(result);
      }
      if (tally.created + tally.duplicate + tally.refused <= resultsMax) return;
      tally.results = tally.results.filter(({ status }) => status === "refused").slice(0, resultsMax);
      tally.results_omitted = tally.created + tally.duplicate + tally.refused - tally.results.length;
    },
  };
}
