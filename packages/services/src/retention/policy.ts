import { cutoff, retentionDaysMax, retentionDaysMin } from "@daybook/retention";
import { Refusal } from "@daybook/event";
import { organizations, purgeEvents, purges, wake } from "@daybook/store";
import type { Executor, Organization, Purge } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";

/** Queue of the job that removes what is past its organization's policy. */
export const purgeQueue = "retention.purge_expired";

/** Purges that the history shows. */
const purgesShownMax = 50;

const days = z.number().int().min(retentionDaysMin).max(retentionDaysMax);

export interface RetentionView {
  /** Null keeps events for ever. */
  days: number | null;
  oldestEventAt: string | null;
  eventCount: number;
  purges: PurgeView[];
}

export interface PurgeView {
  id: string;
  at: string;
  before: string;
  count: number;
  partitionsDropped: number;
  trigger: Purge["trigger"];
  /** Null while it waits or is under way. */
  finishedAt: string | null;
}

export const getRetention = defineRead({
  name: "retention.get",
  needs: "retention:read",
  input: z.object({}).optional(),
  async run({ store }, { viewer }): Promise<RetentionView> {
    const { retentionDays } = must(await organizations.find(store.of(viewer.organizationId), viewer.organizationId));
    const { events, oldest } = await purgeEvents.holdings(store.of(viewer.organizationId), viewer.organizationId);
    const rows = await purges.list(store.of(viewer.organizationId), viewer.organizationId, { limit: purgesShownMax });
    return { days: retentionDays, oldestEventAt: oldest?.toISOString() ?? null, eventCount: events, purges: rows.map(purgeView) };
  },
});

/** What the next purge would remove under a policy of so many days: the number that it will then record. */
export const previewRetention = defineRead({
  name: "retention.preview",
  needs: "retention:read",
  input: z.object({ days }),
  run: ({ store, now }, { viewer }, input) => expiredUnder(store.of(viewer.organizationId), viewer.organizationId, mustCut(input.days, now())),
});

export const setRetention = defineChange({
  name: "retention.set",
  needs: "retention:write",
  records: "retention_policy_updated",
  input: z.object({ days: days.nullable() }),
  async run(tx, { viewer }, input) {
    // Locked: a batch of a purge that is under way ends first, and the next one goes by the new policy.
    const organization = must(await organizations.lock(tx, viewer.organizationId));
    const longest = viewer.kind === "daybook" ? null : viewer.plan.retentionDaysMax;
    if (longest !== null && (input.days === null || input.days > longest))
      throw new Refusal("not_in_plan", `The organization's plan keeps events for at most ${longest} days. Whoever runs this Daybook can change that.`, "days");
    if (organization.retentionDays === input.days) return { result: {}, event: null };
    await organizations.setRetentionDays(tx, organization.id, input.days);
    return {
      result: {},
      event: {
        resource: { type: "organization", id: organization.id, name: organization.name },
        changes: { before: { days: organization.retentionDays }, after: { days: input.days } },
      },
    };
  },
});

export const purgeNow = defineChange({
  name: "retention.purgeNow",
  needs: "retention:write",
  records: "retention_purge_requested",
  input: z.object({}).optional(),
  async run(tx, { viewer }, _input, platform) {
    const organization = must(await organizations.lock(tx, viewer.organizationId));
    const now = platform.now();
    const before = cutoff(organization.retentionDays, now);
    if (!before) throw new Refusal("conflict", "Events are kept for ever here, so none has expired. Set a number of days first.");
    const purge = { organizationId: organization.id, id: newId(platform), trigger: "purge_now" as const, before, createdAt: now };
    if (!(await purges.request(tx, purge))) throw new Refusal("conflict", "A purge is waiting or under way already. Look at its count when it has ended.");
    await wake(tx, purgeQueue);
    return {
      result: { queued: true as const },
      event: {
        resource: { type: "organization", id: organization.id, name: organization.name },
        operation_id: purge.id,
        metadata: { days: organization.retentionDays, before: before.toISOString() },
      },
    };
  },
});

async function expiredUnder(db: Executor, organizationId: string, before: Date): Promise<{ before: string; count: number }> {
  return { before: before.toISOString(), count: await purgeEvents.countBefore(db, organizationId, before) };
}

function mustCut(policyDays: number, now: Date): Date {
  const cut = cutoff(policyDays, now);
  if (!cut) throw new Error("a number of days has a cut");
  return cut;
}

function must(organization: Organization | null): Organization {
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  return organization;
}

const purgeView = ({ id, createdAt, before, count, partitionsDropped, trigger, finishedAt }: Purge): PurgeView => ({
  id,
  at: createdAt.toISOString(),
  before: before.toISOString(),
  count,
  partitionsDropped,
  trigger,
  finishedAt: finishedAt?.toISOString() ?? null,
});
