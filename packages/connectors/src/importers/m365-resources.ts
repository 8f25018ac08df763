import type { Resource } from "@daybook/event";
import { knownAt, listAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

export const organizationType = "organization";
const listedMax = 32;

/** The object of the operation, then who or what else it concerns; the organization where the record names nothing. */
export function m365Resources(record: JsonObject, told: { operation: string; parameters: JsonObject }): Resource[] {
  const found = [object(record, told), target(record), mailbox(record, told.parameters), ...team(record), ...mails(record), site(record)].filter((resource) =>
    isNamed(resource),
  );
  const unique = [...new Map(found.map((resource) => [`${resource.id ?? ""} ${resource.name ?? ""}`, resource])).values()];
  if (unique.length > 0) return unique;
  const organization = { type: organizationType, id: knownAt(record, "OrganizationId"), name: knownAt(record, "OrganizationName") };
  return isNamed(organization) ? [organization] : [];
}

const isNamed = (resource: Resource): boolean => resource.id !== undefined || resource.name !== undefined;

function object(record: JsonObject, { operation, parameters }: { operation: string; parameters: JsonObject }): Resource {
  const id = knownAt(record, "ObjectId");
  const name = knownAt(record, "SourceFileName") ?? knownAt(record, "ItemName") ?? knownAt(parameters, "Name") ?? lastOf(knownAt(parameters, "Identity") ?? id);
  return { type: typeOf(record, operation), id, name };
}

/** What the record says; what the cmdlet is named after (`Set-Mailbox`); an application for sign-ins, which name the one signed in to. */
function typeOf(record: JsonObject, operation: string): string {
  const stated = textAt(record, "ItemType") ?? /^[A-Z][a-z]+-(\w+)$/.exec(operation)?.[1];
  if (stated !== undefined) return stated;
  if (/Log(?:ged|in)/.test(operation)) return "application";
  return /\b(user|group|role|policy|application|service principal|device)\b/i.exec(operation)?.[1]?.toLowerCase().replace(" ", "_") ?? "object";
}

/** The last part of a path, an address or an Exchange identity, whose parts are split by both slashes. */
const lastOf = (text: string | undefined): string | undefined =>
  text
    ?.split(/[\\/]/)
    .filter((part) => part !== "")
    .at(-1);

function target(record: JsonObject): Resource {
  const name = knownAt(record, "TargetUserOrGroupName");
  const type = textAt(record, "TargetUserOrGroupType")?.toLowerCase() ?? "";
  return { type: type.endsWith("group") ? "group" : "user", id: name, name };
}

const mailbox = (record: JsonObject, parameters: JsonObject): Resource => {
  const owner = knownAt(record, "MailboxOwnerUPN") ?? knownAt(parameters, "Mailbox");
  return { type: "Mailbox", id: owner, name: owner };
};

const team = (record: JsonObject): Resource[] => [
  { type: "team", id: knownAt(record, "TeamGuid"), name: knownAt(record, "TeamName") },
  { type: "channel", id: knownAt(record, "ChannelGuid"), name: knownAt(record, "ChannelName") },
  ...listAt(record, "Members")
    .slice(0, listedMax)
    .map((member) => ({ type: "user", id: knownAt(member, "UPN"), name: knownAt(member, "DisplayName") ?? knownAt(member, "UPN") })),
];

const mails = (record: JsonObject): Resource[] =>
  listAt(record, "AffectedItems")
    .slice(0, listedMax)
    .map((item) => ({ type: "message", id: knownAt(item, "Id"), name: knownAt(item, "Subject") }));

const site = (record: JsonObject): Resource => {
  const url = knownAt(record, "SiteUrl");
  return { type: "site", id: url, name: lastOf(url) };
};
