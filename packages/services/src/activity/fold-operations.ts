import { operations } from "@daybook/store";
import type { Consumer } from "./consume.ts";

/** Half of what the roll-up takes: events of operations pass through this process. */
const stepEventsMax = 5_000;

/** What the events of each operation say together: what still runs, waits, never ended. */
export const foldOperations: Consumer = {
  name: operations.operationsConsumer,
  effect: (tx, organizationId, afterSeq) => operations.fold(tx, organizationId, { afterSeq, limit: stepEventsMax }),
};
