import { consumers } from "@daybook/store";
import type { Tx } from "@daybook/store";
import type { Platform } from "../platform.ts";

/** A consumer follows the log of each organization by its sequence. */
export interface Consumer {
  name: string;
  /** Handles the next events after `afterSeq` and returns the last one handled, or `afterSeq` if there is none; runs in the transaction that moves the cursor. */
  effect(tx: Tx, organizationId: string, afterSeq: number, platform: Platform): Promise<number>;
}

/** Organizations served in one round; the next round begins with those furthest behind. */
const organizationsPerRoundMax = 100;
/** Steps for one organization before others get their turn. */
const stepsPerTurnMax = 20;
const roundsMax = 1_000;

/** Brings a consumer up to date everywhere. Killed at any point, it begins again behind the last committed step. */
export async function consume(platform: Platform, consumer: Consumer, signal?: AbortSignal): Promise<void> {
  // One organization's trouble must not keep the others waiting: it is passed over for this run, and told at its end.
  const troubled = new Map<string, unknown>();
  for (let round = 0; round < roundsMax && !signal?.aborted; round += 1) {
    const behind = await platform.store.behind({ name: consumer.name, limit: organizationsPerRoundMax + troubled.size });
    const organizationIds = behind.filter((organizationId) => !troubled.has(organizationId));
    if (organizationIds.length === 0) break;
    for (const organizationId of organizationIds) {
      await turn(platform, consumer, organizationId, signal).catch(async (error: unknown) => {
        // A database that is gone is everybody's trouble, and ends the run.
        await platform.store.ping();
        troubled.set(organizationId, error);
      });
    }
  }
  if (troubled.size > 0) throw new AggregateError(troubled.values(), `the consumer ${consumer.name} is stuck in ${troubled.size} organizations`);
}

async function turn(platform: Platform, consumer: Consumer, organizationId: string, signal: AbortSignal | undefined): Promise<void> {
  for (let step = 0; step < stepsPerTurnMax && !signal?.aborted; step += 1) {
    const moved = await platform.store.transaction(organizationId, async (tx) => {
      const afterSeq = await consumers.lockCursor(tx, organizationId, consumer.name);
      // Read before the effect looks: if it then finds nothing, everything up to the head was purged, and the cursor passes the hole.
      const head = await consumers.headSeq(tx, organizationId);
      const last = await consumer.effect(tx, organizationId, afterSeq, platform);
      const to = last > afterSeq ? last : head;
      if (to > afterSeq) await consumers.moveCursor(tx, organizationId, { name: consumer.name, to });
      return to > afterSeq;
    });
    if (!moved) return;
  }
}
