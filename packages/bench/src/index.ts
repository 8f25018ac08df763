/**
 * One harness; each bench prints ratios against a peer that it measures in the same run. It will never know a limit: goals are read by people.
 */
import { ingest } from "./ingest.ts";
import type { Bench } from "./define-bench.ts";

export const benches = [ingest] as const satisfies readonly Bench[];
