import { asDaybook, perform, rotateToken } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";
import { expiresAtIn, expiresOption, organizationOption, shownOnce, tokenIdIn, wholeNumber } from "./token-options.ts";

export const tokenRotate = defineCommand({
  name: "token rotate",
  usage: "token rotate ID [--overlap HOURS] [--expires DAYS|never] [--organization SLUG]      a new secret; the old one lives for the overlap",
  options: {
    overlap: { type: "string", help: "hours for which the old secret still works, 0 to 168 (default: 24)" },
    expires: { ...expiresOption, help: "days until the new secret ends, up to 366, or never (default: as long as the old one was given)" },
    organization: organizationOption,
  },
  async run({ platform, positionals, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const { overlap } = options;
    const made = await perform(platform, asDaybook(organization.id, "Operator"), rotateToken, {
      tokenId: tokenIdIn(positionals),
      ...(overlap !== undefined && { overlapHours: wholeNumber(overlap, "--overlap") }),
      ...expiresAtIn(options["expires"]),
    });
    const old = made.formerExpiresAt === null ? "The old secret is refused from now on." : `The old secret works until ${made.formerExpiresAt}.`;
    return { json: made, lines: [made.token, shownOnce, old] };
  },
});
