import { asDaybook, perform, revokeToken } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";
import { organizationOption, tokenIdIn } from "./token-options.ts";

export const tokenRevoke = defineCommand({
  name: "token revoke",
  usage: "token revoke ID [--organization SLUG]",
  options: { organization: organizationOption },
  async run({ platform, positionals, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const tokenId = tokenIdIn(positionals);
    await perform(platform, asDaybook(organization.id, "Operator"), revokeToken, { tokenId });
    return { json: { id: tokenId, revoked: true }, lines: ["Revoked. Whoever uses it is refused within five seconds."] };
  },
});
