import { asDaybook, removeDemo } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const demoRemove = defineCommand({
  name: "demo remove",
  usage: "demo remove [--organization SLUG]",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    await removeDemo(platform, asDaybook(organization.id, "Operator"));
    return { json: {}, lines: ["The demo data is gone."] };
  },
});
