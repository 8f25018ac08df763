import { Refusal } from "@daybook/event";
import { asDaybook, createToken, listServiceUsers, perform, read } from "@daybook/services";
import type { Context, Platform } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";
import { expiresAtIn, expiresOption, listOf, organizationOption, shownOnce } from "./token-options.ts";

export const tokenCreate = defineCommand({
  name: "token create",
  usage:
    "token create --name NAME [--scopes events:write,events:read] [--expires DAYS|never] [--networks CIDR,…] [--source NAME] [--service-user NAME] [--organization SLUG]",
  options: {
    name: { type: "string", help: "what people call the token" },
    scopes: { type: "string", help: "events:write, events:read, access:read, access:write, parted by commas (default: the first two)" },
    expires: expiresOption,
    networks: { type: "string", help: "networks that it may be used from, parted by commas (default: every address)" },
    source: { type: "string", help: "what its events carry as their source" },
    "service-user": { type: "string", help: "the service user who acts where it is used" },
    organization: organizationOption,
  },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const context = asDaybook(organization.id, "Operator");
    const made = await perform(platform, context, createToken, {
      name: options["name"],
      scopes: listOf(options["scopes"]) ?? ["events:write", "events:read"],
      allowedCidrs: listOf(options["networks"]) ?? [],
      source: options["source"],
      serviceUserId: await serviceUserNamed(platform, context, options["service-user"]),
      ...expiresAtIn(options["expires"]),
    });
    return { json: made, lines: [made.token, shownOnce] };
  },
});

async function serviceUserNamed(platform: Platform, context: Context, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const found = (await read(platform, context, listServiceUsers, undefined)).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Refusal("not_found", `There is no service user "${name}".`);
  return found.id;
}
