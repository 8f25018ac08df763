import type { Resource } from "@daybook/event";
import { knownAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { operationOf, wordsOf } from "../verbs.ts";

/** Parameters that name an object, the most telling first. The services spell them in camel case or with underscores, which are left out here. */
const parameters: { type: string; id?: string; name?: string[] }[] = [
  { type: "user", id: "targetuserid", name: ["targetusername", "principal"] },
  { type: "group", id: "targetgroupid", name: ["targetgroupname"] },
  { type: "token", id: "tokenid" },
  { type: "global_init_script", id: "scriptid" },
  { type: "cluster", id: "clusterid", name: ["clustername"] },
  { type: "job", id: "jobid" },
  { type: "run", id: "runid" },
  { type: "warehouse", id: "warehouseid" },
  { type: "query", id: "queryid" },
  { type: "dashboard", id: "dashboardid" },
  { type: "notebook", id: "notebookid", name: ["notebookfullpath"] },
  { type: "repo", id: "repoid" },
  { type: "table", name: ["tablefullname"] },
  { type: "share", name: ["share"] },
  { type: "recipient", name: ["recipientname", "recipient"] },
  { type: "mount", name: ["mountpoint"] },
  { type: "ip_access_list", id: "listid" },
  { type: "setting", name: ["workspaceconfkeys", "setting"] },
];

/** The texts of the parameters by name; a look-up for each name in each spelling would cost more than all the rest of the mapping. */
type Texts = Map<string, string>;

function textsOf(params: JsonObject): Texts {
  const texts: Texts = new Map();
  for (const [key, value] of Object.entries(params)) {
    const text = knownAt(value);
    if (text !== undefined) texts.set(key.toLowerCase().replaceAll("_", ""), text);
  }
  return texts;
}

/** What the record is about, then whatever else its parameters name, then where it happened. Most records name no more than one object. */
export function databricksResources(told: { service: string; name: string; params: JsonObject; record: JsonObject }): Resource[] {
  const { service, name, params, record } = told;
  const texts = textsOf(params);
  const own = ownObject(service, name, texts, knownAt(params, "config", "provider"));
  const named = parameters.flatMap(({ type, id = "", name: names = [] }) => resource(type, texts.get(id), firstOf(texts, names)) ?? []);
  const sameType = named.find(({ type }) => type === own?.type);
  const object = own && sameType ? { type: own.type, id: sameType.id ?? own.id, name: own.name ?? sameType.name } : own;
  const secret = secretOf(texts);
  const places = [
    resource("workspace", knownAt(record, "workspaceId") === "0" ? undefined : knownAt(record, "workspaceId"), undefined),
    resource("account", knownAt(record, "accountId"), undefined),
  ];
  return [secret, object, ...named.filter((other) => other !== sameType || own === undefined), ...places].filter((found) => found !== undefined);
}

/** `createRecipient` with a `name` is about a recipient; a bare `create` about an object of its service (`globalInitScripts`). */
function ownObject(service: string, action: string, texts: Texts, configured: string | undefined): Resource | undefined {
  const words = wordsOf(action);
  const verbless = words.slice(words.findIndex((word) => operationOf(word) !== undefined) + 1);
  const type = verbless.length > 0 && verbless.length < words.length ? verbless.join("_") : serviceObject(service);
  const provider = service === "ssoConfigBackend" ? (texts.get("provider") ?? configured) : undefined;
  return resource(type, firstOf(texts, ["id", "objectid"]), firstOf(texts, ["fullnamearg", "namearg", "name"]) ?? provider ?? texts.get("path"));
}

/** `globalInitScripts` → `global_init_script`, `ssoConfigBackend` → `sso_config`. */
export const serviceObject = (service: string): string =>
  wordsOf(service.replace(/Backend$|Control$/, ""))
    .join("_")
    .replace(/([^s])s$/, "$1");

/** A secret is named by its scope and key. */
function secretOf(texts: Texts): Resource | undefined {
  const [scope, key] = [texts.get("scope"), texts.get("key")];
  if (scope === undefined) return undefined;
  return key === undefined ? { type: "secret_scope", name: scope } : { type: "secret", name: `${scope}/${key}` };
}

const resource = (type: string, id: string | undefined, name: string | undefined): Resource | undefined =>
  id === undefined && name === undefined ? undefined : { type, id, name };

const firstOf = (texts: Texts, names: string[]): string | undefined => names.map((name) => texts.get(name)).find((text) => text !== undefined);
