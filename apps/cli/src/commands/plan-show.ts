import { asDaybook, getPlan, read } from "@daybook/services";
import type { PlanView } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const planShow = defineCommand({
  name: "plan show",
  usage: "plan show [--organization SLUG]",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const plan = await read(platform, asDaybook(organization.id, "Operator"), getPlan, {});
    return { json: plan, lines: planLines(plan) };
  },
});

export const planLines = (plan: PlanView): string[] => [
  `${plan.name}: events are kept ${plan.retentionDaysMax === null ? "for as long as the organization likes" : `for at most ${plan.retentionDaysMax} days`}`,
  ...plan.features.map(({ key, title, included }) => `  ${included ? "yes" : "no "}  ${key.padEnd(14)}  ${title}`),
];
