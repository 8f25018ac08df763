import { cutoff, monthEnd, monthStart, planRetention, retentionBounds } from "@daybook/retention";
import type { Month, PartitionContent, RetentionPolicy, RetentionStep } from "@daybook/retention";
import { organizations, purgeEvents, purges, textOf } from "@daybook/store";
import type { Purge } from "@daybook/store";
import { consume } from "../activity/consume.ts";
import { rollUp } from "../activity/roll-up.ts";
import { asDaybook, newId } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { forgetOperations } from "./forget-operations.ts";

type Removal = Exclude<RetentionStep, { do: "create" }>;
type Deletion = Extract<RetentionStep, { do: "delete" }>;

const roundsMax = 100;
/** Batches of one step in one run; with 5,000 rows each this is five hundred million. */
const batchesMax = 100_000;

/**
 * Makes the months ahead, and removes what is past its organization's policy: whole months where everybody is past them, the rest in bounded
 * batches. Each transaction counts in the purge's row what it removes, and the transaction that closes the purge records it, so that the
 * record and the missing rows agree wherever the process is killed. The counts per hour stay.
 */
export async function purgeExpired(platform: Platform, signal?: AbortSignal): Promise<void> {
  const now = platform.now();
  const troubled = new Map<string, unknown>();
  // Only purges that the plan knew of may end with it: one that is asked for meanwhile may rest on a newer policy.
  const underWay = await openPurgesByOrganization(platform);
  for (let round = 0; round < roundsMax; round += 1) {
    const { steps, more } = await planOf(platform, now);
    await platform.store.ensurePartitions(steps.flatMap((step) => (step.do === "create" ? step.from : [])));
    const removals = steps.filter((step) => step.do !== "create");
    if (removals.length > 0) await carryOut(platform, removals, { now, signal, troubled, underWay });
    if (signal?.aborted) return;
    if (!more || troubled.size > 0) break;
  }
  await forgetOperations(platform, now, signal);
  for (const purge of underWay.values()) {
    if (!troubled.has(purge.organizationId)) await finish(platform, purge);
  }
  if (troubled.size > 0) throw new AggregateError(troubled.values(), `the purge of ${troubled.size} organizations waits`);
}

async function planOf({ store }: Platform, now: Date): Promise<{ steps: RetentionStep[]; more: boolean }> {
  const policies = (await organizations.list(store.platform)).map(({ id, retentionDays }): RetentionPolicy => ({ organizationId: id, days: retentionDays }));
  const cuts = new Map(
    policies.flatMap(({ organizationId, days }): [string, Date][] => {
      const cut = cutoff(days, now);
      return cut ? [[organizationId, cut]] : [];
    }),
  );
  const latestCut = new Date(Math.max(0, ...[...cuts.values()].map((cut) => cut.getTime())));
  const partitions: PartitionContent[] = [];
  const months = (await store.listPartitions()).flatMap(({ month }) => (month === null ? [] : [month.slice(0, 7) as Month]));
  for (const month of months) {
    // Nobody's cut reaches into a later month, so nobody need look into it.
    const expired = monthStart(month) < latestCut;
    partitions.push({ month, organizations: expired ? await contentOf(store, { from: monthStart(month), to: monthEnd(month) }) : [] });
  }
  const plan = planRetention({ policies, partitions }, now);
  return { steps: [...plan.steps, ...(await ancient(store, cuts))], more: plan.more };
}

async function contentOf(store: Platform["store"], range: { from: Date; to: Date }): Promise<PartitionContent["organizations"]> {
  const rows = await purgeEvents.oldestWithin(store.platform, range);
  // The plan asks who has any; how many they are is counted where they are removed.
  return rows.map(({ organizationId, oldest }) => ({ organizationId, count: 1, oldest: oldest.toISOString() }));
}

/** All years before 2000 share one partition, which no month names and which is never dropped. */
const ancientMonth: Month = "1999-12";
const ancientFrom = new Date("1970-01-01T00:00:00Z");

async function ancient(store: Platform["store"], cuts: Map<string, Date>): Promise<Deletion[]> {
  if (cuts.size === 0) return [];
  const rows = await purgeEvents.oldestWithin(store.platform, { from: ancientFrom, to: monthEnd(ancientMonth) });
  return rows.flatMap(({ organizationId, oldest }): Deletion[] => {
    const cut = cuts.get(organizationId);
    if (!cut || oldest >= cut) return [];
    const before = cut < monthEnd(ancientMonth) ? cut : monthEnd(ancientMonth);
    return [
      {
        do: "delete",
        organizationId,
        month: ancientMonth,
        from: ancientFrom.toISOString(),
        before: before.toISOString(),
        rowsMax: retentionBounds.rowsPerBatchMax,
      },
    ];
  });
}

interface Progress {
  now: Date;
  signal: AbortSignal | undefined;
  /** Organizations for which a step failed, and why; theirs goes on with the next attempt. */
  troubled: Map<string, unknown>;
  /** The open purge of each organization. */
  underWay: Map<string, Purge>;
}

async function carryOut(platform: Platform, removals: Removal[], progress: Progress): Promise<void> {
  const { now, signal, troubled, underWay } = progress;
  // What is removed must have been counted: the roll-up is what stays of it.
  await consume(platform, rollUp, signal);
  if (signal?.aborted) return;
  await openPurges(platform, new Set(removals.flatMap(organizationsOf)), progress);
  for (const step of removals) {
    if (signal?.aborted) return;
    try {
      await (step.do === "drop" ? drop(platform, step, now) : deleteBatches(platform, step, { now, signal, purge: underWay.get(step.organizationId) }));
    } catch (error) {
      for (const organizationId of organizationsOf(step)) troubled.set(organizationId, error);
      // An empty month that could not be dropped concerns nobody, and the next run finds it again.
      if (organizationsOf(step).length === 0) platform.log.warn({ month: step.month, error: textOf(error) }, "an empty month was not dropped");
    }
  }
}

const organizationsOf = (step: Removal): string[] => (step.do === "drop" ? step.rows.map(({ organizationId }) => organizationId) : [step.organizationId]);

async function openPurges(platform: Platform, organizationIds: Set<string>, { now, underWay }: Progress): Promise<void> {
  for (const organizationId of organizationIds) {
    await platform.store.transaction(organizationId, async (tx) => {
      const organization = await organizations.lock(tx, organizationId);
      const before = cutoff(organization?.retentionDays ?? null, now);
      if (before) await purges.open(tx, { organizationId, id: newId(platform), trigger: "schedule", before, createdAt: now });
    });
  }
  const open = await openPurgesByOrganization(platform);
  for (const organizationId of organizationIds) {
    const purge = open.get(organizationId);
    if (purge) underWay.set(organizationId, purge);
  }
}

const openPurgesByOrganization = async ({ store }: Platform): Promise<Map<string, Purge>> =>
  new Map((await purges.listOpen(store.platform)).map((purge) => [purge.organizationId, purge]));

async function drop(platform: Platform, { month, from, to, rows }: Extract<RetentionStep, { do: "drop" }>, now: Date): Promise<void> {
  for (const { organizationId } of rows) {
    await inBatches((limit) => platform.store.transaction(organizationId, (tx) => purgeEvents.forgetKeys(tx, organizationId, { from, before: to, limit })));
  }
  await platform.store.platformTransaction((tx) => purgeEvents.dropMonth(tx, { month, now }));
}

async function deleteBatches(
  platform: Platform,
  { organizationId, from, before }: Deletion,
  { now, signal, purge }: { now: Date; signal: AbortSignal | undefined; purge: Purge | undefined },
): Promise<void> {
  if (!purge) return;
  await inBatches(
    (limit) => platform.store.transaction(organizationId, (tx) => purgeEvents.removeBatch(tx, organizationId, { purgeId: purge.id, from, before, limit, now })),
    signal,
  );
}

/** Until a batch comes back short, or says that it must not go on. */
async function inBatches(remove: (limit: number) => Promise<number | null>, signal?: AbortSignal): Promise<void> {
  const limit = retentionBounds.rowsPerBatchMax;
  for (let batch = 0; batch < batchesMax && !signal?.aborted; batch += 1) {
    const removed = await remove(limit);
    if (removed === null || removed < limit) return;
  }
}

async function finish(platform: Platform, { organizationId, id }: Purge): Promise<void> {
  await platform.store.transaction(organizationId, async (tx) => {
    const purge = await purges.finish(tx, organizationId, { id, at: platform.now() });
    if (!purge) return;
    await record(platform, tx, asDaybook(organizationId, "Daybook retention"), {
      action: "retention_purged",
      resource: { type: "retention_purge", id },
      operation_id: id,
      rows_affected: purge.count,
      metadata: { count: purge.count, before: purge.before.toISOString(), partitions_dropped: purge.partitionsDropped, trigger: purge.trigger },
      idempotency_key: `purge:${id}`,
    });
  });
}
