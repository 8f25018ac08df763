import type { Resource } from "@daybook/event";
import { isObject, knownAt, listAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

const listedMax = 32;

/** Parameters by what they name, the thing acted upon before what it belongs to or is applied to. Keys are read in any case. */
const parameters: { type: string; id?: string[]; name?: string[] }[] = [
  { type: "setting", name: ["SETTING_NAME"] },
  { type: "document", id: ["doc_id"], name: ["doc_title"] },
  { type: "calendar_event", id: ["event_id"], name: ["event_title"] },
  { type: "calendar", id: ["calendar_id"], name: ["calendar_title"] },
  { type: "role", id: ["ROLE_ID"], name: ["ROLE_NAME"] },
  { type: "device", id: ["DEVICE_ID", "RESOURCE_ID"], name: ["DEVICE_MODEL", "SERIAL_NUMBER"] },
  { type: "group", id: ["GROUP_EMAIL", "GROUP_ID"], name: ["GROUP_EMAIL", "GROUP_NAME"] },
  { type: "user", id: ["USER_EMAIL", "target_user", "affected_email_address"], name: ["USER_EMAIL", "target_user", "affected_email_address"] },
  { type: "user", id: ["grantee_email", "MEMBER_EMAIL"], name: ["grantee_email", "MEMBER_EMAIL"] },
  { type: "application", id: ["APP_ID", "client_id"], name: ["APPLICATION_NAME", "app_name"] },
  { type: "domain", id: ["DOMAIN_NAME"], name: ["DOMAIN_NAME"] },
  { type: "organizational_unit", id: ["ORG_UNIT_ID"], name: ["ORG_UNIT_NAME", "orgunit_path"] },
  { type: "email_address", id: ["email_forwarding_destination_address"], name: ["email_forwarding_destination_address"] },
  { type: "meeting", id: ["conference_id"], name: ["meeting_code"] },
  { type: "rule", id: ["RULE_ID", "rule_resource_name"], name: ["RULE_NAME"] },
  { type: "shared_drive", id: ["shared_drive_id", "team_drive_id"], name: ["shared_drive_name"] },
];

/** What the event names: documents and settings first, then the kind that the action's own words name (`ADD_GROUP_MEMBER` is about the group). */
export function googleResources(event: JsonObject, values: JsonObject, words: string[]): Resource[] {
  const stated = listAt(event, "resourceDetails").filter(isObject).slice(0, listedMax).flatMap(statedResource);
  const found = parameters.flatMap(({ type, id = [], name = [] }) => {
    const resource = { type: typeOf(type, values), id: firstOf(values, id), name: firstOf(values, name) };
    const rank = type === "document" || type === "setting" ? 0 : words.includes(type) ? 1 : 2;
    return resource.id === undefined && resource.name === undefined ? [] : [{ rank, resource }];
  });
  const known = new Set(stated.map(({ id }) => id));
  const ranked = found.toSorted((a, b) => a.rank - b.rank).map(({ resource }) => resource);
  return [...stated, ...ranked.filter(({ id }) => id === undefined || !known.has(id))];
}

/** A document tells what it is: a spreadsheet, a folder, a form. */
const typeOf = (type: string, values: JsonObject): string => (type === "document" ? (knownAt(values, "doc_type") ?? type) : type);

function statedResource(detail: JsonObject): Resource[] {
  const id = knownAt(detail, "id");
  const name = knownAt(detail, "title");
  return id === undefined && name === undefined ? [] : [{ type: textAt(detail, "type")?.toLowerCase() ?? "resource", id, name }];
}

const firstOf = (values: JsonObject, keys: string[]): string | undefined => keys.map((key) => knownAt(values, key)).find((text) => text !== undefined);
