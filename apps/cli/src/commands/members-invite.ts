import { asDaybook, inviteMembers, perform } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const membersInvite = defineCommand({
  name: "members invite",
  usage: "members invite --email A@B.C[,D@E.F] [--role member] [--organization SLUG]",
  options: {
    email: { type: "string", help: "whom to invite, parted by commas" },
    role: { type: "string", help: "owner, admin, member or auditor (default: member)" },
    organization: { type: "string", help: "the organization's name in URLs" },
  },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const { outcomes } = await perform(platform, asDaybook(organization.id, "Operator"), inviteMembers, {
      addresses: options["email"] ?? "",
      role: options["role"] ?? "member",
    });
    return {
      json: { outcomes },
      lines: outcomes.map((each) => ("sentence" in each ? each.sentence : `${each.email}  invited${each.link === null ? " by mail" : `: ${each.link}`}`)),
    };
  },
});
