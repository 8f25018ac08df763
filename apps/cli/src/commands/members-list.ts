import { asDaybook, listMembers, membersPageMax, read } from "@daybook/services";
import type { MemberView } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

/** More than the largest organization that was ever measured; the console pages through any number. */
const pagesMax = 100;

export const membersList = defineCommand({
  name: "members list",
  usage: "members list [--organization SLUG]      who belongs to the organization, by name",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, options, say }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const members: MemberView[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pagesMax; page += 1) {
      const found: { members: MemberView[]; nextCursor: string | null } = await read(platform, asDaybook(organization.id, "Operator"), listMembers, {
        limit: membersPageMax,
        cursor,
      });
      members.push(...found.members);
      cursor = found.nextCursor;
      if (cursor === null) break;
    }
    if (cursor !== null) say(`Only the first ${members.length} members are listed.`);
    return {
      json: { members },
      lines: members.map(({ email, name, role, status, lastActiveAt }) => [email, name, role, status, lastActiveAt ?? "not here yet"].join("  ")),
    };
  },
});
