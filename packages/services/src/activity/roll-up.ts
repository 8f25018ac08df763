import { consumers } from "@daybook/store";
import type { Consumer } from "./consume.ts";

const stepEventsMax = 10_000;

/** Counts per hour, action, actor, status and resource type: histogram, facets and reports read them. */
export const rollUp: Consumer = {
  name: consumers.rollUpConsumer,
  effect: (tx, organizationId, afterSeq) => consumers.rollUp(tx, organizationId, { afterSeq, limit: stepEventsMax }),
};
