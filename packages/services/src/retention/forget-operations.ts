import { cutoff } from "@daybook/retention";
import { consumers, operations, organizations } from "@daybook/store";
import type { Platform } from "../platform.ts";

const batchOperationsMax = 5_000;
/** Batches of one organization in one run: five million operations. */
const batchesMax = 1_000;

/**
 * Forgets the operations of which the log holds nothing any more. It looks for those whose last event is gone, whoever removed it, so that what a
 * run leaves behind the next one finds. An operation that lost only its beginning stays: what its events said of it is still true.
 */
export async function forgetOperations(platform: Platform, now: Date, signal?: AbortSignal): Promise<void> {
  const policies = (await organizations.list(platform.store.platform)).flatMap(({ id, retentionDays }) => {
    const before = cutoff(retentionDays, now);
    return before ? [{ organizationId: id, before }] : [];
  });
  for (const { organizationId, before } of await operations.withOlder(platform.store.platform, policies)) {
    for (let batch = 0; batch < batchesMax && !signal?.aborted; batch += 1) {
      const forgotten = await platform.store.transaction(organizationId, async (tx) => {
        // The consumer waits meanwhile: it must not fold into an operation that goes.
        await consumers.lockCursor(tx, organizationId, operations.operationsConsumer);
        return operations.forgetPurged(tx, organizationId, { before, limit: batchOperationsMax });
      });
      if (forgotten < batchOperationsMax) break;
    }
  }
}
