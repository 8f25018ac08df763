/**
 * One harness; each bench prints ratios against a peer that it measures in the same run. It will never know a limit: goals are read by people.
 */
import { ingest } from "./ingest.ts";
import type { Bench } from "./define-bench.ts";
import { search } from "./search.ts";
import { web } from "./web.ts";

export const benches = [ingest, search, web] as const satisfies readonly Bench[];
