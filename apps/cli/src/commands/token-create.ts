import { asDaybook, createToken, perform } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const tokenCreate = defineCommand({
  name: "token create",
  usage: "token create --name NAME [--scopes events:write,events:read] [--organization SLUG]",
  options: {
    name: { type: "string", help: "what people call the token" },
    scopes: { type: "string", help: "events:write, events:read, parted by commas (default: both)" },
    organization: { type: "string", help: "the organization's name in URLs" },
  },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const scopes = (options["scopes"] ?? "events:write,events:read").split(",");
    const made = await perform(platform, asDaybook(organization.id, "Operator"), createToken, { name: options["name"], scopes });
    return { json: made, lines: [made.token, "This is the only time that the token is shown."] };
  },
});
