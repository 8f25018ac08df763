import { asDaybook, loadDemo } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const demoLoad = defineCommand({
  name: "demo load",
  usage: "demo load [--organization SLUG]        beside this organization, for its owner",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const demo = await loadDemo(platform, asDaybook(organization.id, "Operator"));
    return { json: demo, lines: [`${demo.events} demo events at ${platform.origin}/o/${demo.organization.slug}/logs/activity`] };
  },
});
