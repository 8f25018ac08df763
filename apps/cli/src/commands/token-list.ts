import { asDaybook, listTokens, read } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";
import { organizationOption } from "./token-options.ts";

const hintWords = { unused: "long unused", expires_soon: "expires soon", never_expires: "never expires" } as const;

export const tokenList = defineCommand({
  name: "token list",
  usage: "token list [--organization SLUG]",
  options: { organization: organizationOption },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const tokens = await read(platform, asDaybook(organization.id, "Operator"), listTokens, undefined);
    return {
      json: { tokens },
      lines:
        tokens.length === 0
          ? ["There is no token yet."]
          : tokens.map((token) =>
              [
                token.id,
                `${token.prefix}…`,
                token.state,
                token.name,
                token.scopes.join(","),
                token.expiresAt === null ? "no end" : `until ${token.expiresAt}`,
                token.lastUsedAt === null ? "never used" : `last used ${token.lastUsedAt}${token.lastUsedIp === null ? "" : ` (${token.lastUsedIp})`}`,
                ...token.former.map(({ prefix, expiresAt }) => `former secret ${prefix}… until ${expiresAt}`),
                ...token.hints.map((hint) => hintWords[hint]),
              ].join("  "),
            ),
    };
  },
});
