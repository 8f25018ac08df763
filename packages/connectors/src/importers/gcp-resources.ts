import type { Resource } from "@daybook/event";
import { isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { wordsOf } from "../verbs.ts";
import { singular } from "./singular.ts";

/** A record rarely asks for more than a dozen permissions; each of them names a resource. */
const permissionsMax = 32;

/** What a Cloud Audit record is about: the object first, then the members that a policy change names, then what else was touched and where it lies. */
export function gcpResources(record: JsonObject, payload: JsonObject, members: string[]): Resource[] {
  const named = knownAt(payload, "resourceName") ?? knownAt(payload, "metadata", "resourceName");
  const permitted = [...listAt(payload, "authorizationInfo"), ...listAt(record, "authorizationInfo")].slice(0, permissionsMax).flatMap((info) => {
    const name = knownAt(info, "resource");
    return name === undefined ? [] : [name];
  });
  const own = [named, permitted[0]].map((name) => (name === undefined ? [] : pathResources(name))).find((found) => found.length > 0) ?? [];
  const monitored = monitoredResource(record);
  const account = serviceAccountOf(record);
  const [first, ...places] = own.map((resource) => withEmail(resource, account));
  const isParent = first === undefined || (first.type === "project" && account !== undefined) || /^\d+$/.test(named ?? "");
  const head = isParent ? [account ?? monitored, first] : [first];
  return [...head, ...members.map(memberResource), ...permitted.flatMap((name) => pathResources(name).slice(0, 1)), ...places, projectOf(record)]
    .filter((resource) => resource !== undefined)
    .filter((resource, index, all) => all.findIndex((other) => other.type === resource.type && nameKey(other) === nameKey(resource)) === index);
}

/** Two paths of one object differ by API version and host, its name does not. */
const nameKey = (resource: Resource): string | undefined => resource.name ?? resource.id;

/** Places, not objects, and the wildcards that stand for "whichever project". */
const places = new Set(["zones", "regions", "locations", "iap_web"]);
const wildcards = new Set(["-", "_"]);
/** Words between the pairs of a path: `projects/p/global/networks/n`. */
const standalone = new Set(["global", "iap_tunnel"]);

/**
 * The objects of a resource name, the innermost first: `projects/p/zones/z/instances/i` is an instance in a project. Kubernetes names begin with
 * API group and version and may end with a part of the object, names of stored objects hold slashes, and that of a list ends with its collection.
 */
export function pathResources(name: string): Resource[] {
  const path = name
    .replace(/^\/\/[^/]+\//, "")
    .replace(/^[a-z0-9.-]+\/v\d\w*\/(?=[a-z]+\/)/, "")
    .replace(/^\/|\/$/g, "");
  const segments = path.split("/", segmentsMax);
  if (segments.length === 1 || !/[a-zA-Z0-9]/.test(path)) return [];
  const found: Resource[] = [];
  for (let start = 0; start < segments.length;) {
    const [collection = "", id] = segments.slice(start, start + 2);
    const isWhole = collection === "objects" || start + 2 >= segments.length;
    if (standalone.has(collection)) start += 1;
    else {
      if (id !== undefined && !places.has(collection) && !wildcards.has(id)) {
        const end = isWhole ? segments.length : start + 2;
        found.unshift({ type: typeOf(collection), id: segments.slice(0, end).join("/"), name: segments.slice(start + 1, end).join("/") });
      } else if (id === undefined) endOfPath(found, path, collection);
      start += isWhole ? segments.length : 2;
    }
  }
  return found;
}

const segmentsMax = 64;

/** A path of odd length ends with a collection, with a part of a Kubernetes object, or with an id whose collection was taken for an id. */
function endOfPath(found: Resource[], path: string, last: string): void {
  if (path.startsWith("namespaces/")) return;
  if (/^[a-z]+(?:[A-Z][a-z]+)*s$/.test(last)) return void found.unshift({ type: typeOf(last), id: path });
  const taken = found.shift();
  if (taken?.name !== undefined) found.unshift({ type: typeOf(taken.name), id: path, name: last });
}

/** `serviceAccounts` → `service_account`, `cryptoKeyPolicies` → `crypto_key_policy`. */
export const typeOf = (collection: string): string => singular(wordsOf(collection).join("_")) || "resource";

/** Cloud Logging's own word for where the record comes from, such as `gce_instance`, with the label that names it. */
function monitoredResource(record: JsonObject): Resource | undefined {
  const type = knownAt(record, "resource", "type")?.replace(/^(?:gce|gcs|gae|k8s|cloudkms|dns)_/, "");
  if (type === undefined || type === "audited_resource") return undefined;
  const labels = objectAt(record, "resource", "labels");
  const id = knownAt(labels, `${type}_id`) ?? knownAt(labels, "unique_id");
  const name = knownAt(labels, `${type}_name`) ?? knownAt(labels, "name");
  return id === undefined && name === undefined ? undefined : { type, id, name };
}

function serviceAccountOf(record: JsonObject): Resource | undefined {
  const labels = objectAt(record, "resource", "labels");
  const email = knownAt(labels, "email_id");
  return email === undefined ? undefined : { type: "service_account", id: knownAt(labels, "unique_id"), name: email };
}

/** A service account is named by a number in paths and by its e-mail in the labels. */
const withEmail = (resource: Resource, account: Resource | undefined): Resource =>
  resource.type === "service_account" && account !== undefined ? { ...resource, name: account.name } : resource;

function projectOf(record: JsonObject): Resource | undefined {
  const project = projectName(record);
  return project === undefined ? undefined : { type: "project", id: `projects/${project}`, name: project };
}

export const projectName = (record: JsonObject): string | undefined =>
  knownAt(record, "resource", "labels", "project_id") ?? /^projects\/([^/]+)\//.exec(textAt(record, "logName") ?? "")?.[1];

/** `serviceAccount:x@y` is a service account, a member without prefix a user. */
function memberResource(member: string): Resource {
  const [, prefix, name] = /^([a-zA-Z]+):(.+)$/.exec(member) ?? [];
  return prefix === undefined ? { type: "user", name: member } : { type: wordsOf(prefix).join("_"), name };
}

/** Members that a policy change added or removed. */
export const membersOf = (deltas: JsonObject[]): string[] => [...new Set(deltas.flatMap((delta) => knownAt(delta, "member") ?? []))];

/** Where services put the members of a policy change: IAM in `serviceData`, BigQuery inside the change of its metadata. */
export function bindingDeltas(payload: JsonObject): JsonObject[] {
  const metadata = objectAt(payload, "metadata");
  const changes = [objectAt(payload, "serviceData", "policyDelta"), ...Object.values(metadata), ...Object.values(objectAt(payload, "serviceData"))];
  const lists = [...changes.filter(isObject), metadata].flatMap((change) => listAt(change, "bindingDeltas"));
  return [...new Set(lists)].filter(isObject);
}
