import { createOrganizationFor } from "@daybook/services";
import { Refusal } from "@daybook/event";
import { defineCommand } from "./define-command.ts";

export const organizationCreate = defineCommand({
  name: "organization create",
  usage: "organization create --name NAME --owner EMAIL [--time-zone ZONE]",
  options: {
    name: { type: "string", help: "what people call the organization" },
    owner: { type: "string", help: "the address of a user of this Daybook, who becomes its owner" },
    "time-zone": { type: "string", help: "the zone of its days, such as Europe/Paris (default: UTC)" },
  },
  async run({ platform, options }) {
    const { name, owner } = options;
    if (owner === undefined) throw new Refusal("invalid", "Say who will own it: --owner EMAIL", "owner");
    const made = await createOrganizationFor(platform, owner, { name, timeZone: options["time-zone"] ?? "UTC" });
    return { json: made, lines: [`Created the organization ${name ?? ""}, owned by ${owner}.`, `It is at /o/${made.slug}`] };
  },
});
