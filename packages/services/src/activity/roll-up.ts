import { consumers } from "@daybook/store";
import type { Consumer } from "./consume.ts";

const stepEventsMax = 10_000;

/** Counts per hour with its actors, which reports read, and per hour and day without them, which histogram and facets read. */
export const rollUp: Consumer = {
  name: consumers.rollUpConsumer,
  effect: (tx, organizationId, afterSeq) => consumers.rollUp(tx, organizationId, { afterSeq, limit: stepEventsMax }),
};
