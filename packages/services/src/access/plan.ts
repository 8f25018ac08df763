import { Refusal } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { features, includes } from "@daybook/policy";
import type { Feature, Plan } from "@daybook/policy";
import { organizations, plans } from "@daybook/store";
import type { PlanRow } from "@daybook/store";
import { z } from "zod";
import { record } from "../record.ts";
import { defineChange, defineRead } from "../verb.ts";
import { planOf } from "./viewers.ts";

const featureKeys = Object.keys(features) as [Feature, ...Feature[]];
const daysMax = 36_500;

export interface PlanView {
  name: string;
  retentionDaysMax: number | null;
  /** Every feature there is, in the order of the page. */
  features: { key: Feature; title: string; offers: string; included: boolean; sentence: string }[];
}

/** What the organization may use. Whoever runs this Daybook decides it. */
export const getPlan = defineRead({
  name: "plan.get",
  needs: "organization:read",
  input: z.object({}).optional(),
  run: async ({ store }, { viewer }): Promise<PlanView> => viewOf(planOf(await plans.find(store.of(viewer.organizationId), viewer.organizationId))),
});

const viewOf = (plan: Plan): PlanView => ({
  name: plan.name,
  retentionDaysMax: plan.retentionDaysMax,
  features: featureKeys.map((key) => {
    const { allowed, reason } = includes(plan, key);
    return { key, title: features[key].title, offers: features[key].offers, included: allowed, sentence: reason };
  }),
});

/**
 * The operator's verb: no role of the organization holds its grant. What is kept longer than the new plan allows is shortened with it, in the same
 * transaction, and says so; the purge removes it at its next run.
 */
export const changePlan = defineChange({
  name: "plan.change",
  needs: "plan:manage",
  records: "organization_plan_changed",
  input: z.strictObject({
    name: z.string().trim().min(1).max(100),
    without: z.array(z.enum(featureKeys)).max(featureKeys.length).default([]),
    retentionDaysMax: z.number().int().min(1).max(daysMax).nullable().default(null),
  }),
  async run(tx, context, input, platform) {
    const organization = await organizations.lock(tx, context.viewer.organizationId);
    if (!organization) throw new Refusal("not_found", "There is no such organization.");
    const before = planOf(await plans.find(tx, organization.id));
    const without = featureKeys.filter((key) => input.without.includes(key));
    const row: PlanRow = {
      organizationId: organization.id,
      name: input.name,
      withoutFeatures: without,
      retentionDaysMax: input.retentionDaysMax,
      updatedAt: platform.now(),
    };
    const after = planOf(row);
    if (JSON.stringify(told(before)) === JSON.stringify(told(after))) return { result: viewOf(after), event: null };
    await plans.put(tx, row);
    const resource = { type: "organization", id: organization.id, name: organization.name };
    const { retentionDays } = organization;
    if (after.retentionDaysMax !== null && (retentionDays === null || retentionDays > after.retentionDaysMax)) {
      await organizations.setRetentionDays(tx, organization.id, after.retentionDaysMax);
      const shortened: EventInput = {
        action: "retention_policy_updated",
        resource,
        reason: "The plan of the organization keeps events for no longer.",
        changes: { before: { days: retentionDays }, after: { days: after.retentionDaysMax } },
      };
      await record(platform, tx, context, shortened);
    }
    return { result: viewOf(after), event: { resource, changes: { before: told(before), after: told(after) } } };
  },
});

const told = ({ name, without, retentionDaysMax }: Plan) => ({ name, without: [...without], retention_days_max: retentionDaysMax });
