import { asDaybook, changePlan, perform } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";
import { planLines } from "./plan-show.ts";

export const planSet = defineCommand({
  name: "plan set",
  usage: "plan set --name NAME [--without export,streams] [--retention-days-max DAYS] [--organization SLUG]",
  options: {
    name: { type: "string", help: "what the plan is called" },
    without: { type: "string", help: "features that it leaves out, parted by commas (default: none)" },
    "retention-days-max": { type: "string", help: "for how long events may be kept (default: no limit)" },
    organization: { type: "string", help: "the organization's name in URLs" },
  },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const days = options["retention-days-max"];
    const plan = await perform(platform, asDaybook(organization.id, "Operator"), changePlan, {
      name: options["name"],
      without: options["without"]?.split(",").filter(Boolean),
      retentionDaysMax: days === undefined ? null : Number(days),
    });
    return { json: plan, lines: planLines(plan) };
  },
});
