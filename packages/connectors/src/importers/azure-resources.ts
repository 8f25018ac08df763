import type { Resource } from "@daybook/event";
import { knownAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { wordsOf } from "../verbs.ts";
import { singular } from "./singular.ts";

const segmentsMax = 64;

/**
 * What an Azure record is about, the innermost first. Types are Azure's own in lower case, as one log writes them in three spellings. A blob has no
 * resource id: the storage log names it by `objectKey`.
 */
export function azureResources(record: JsonObject): Resource[] {
  const found = idResources(knownAt(record, "resourceId") ?? "");
  const blob = blobOf(record);
  return blob === undefined ? found : [blob, ...accountOf(record, found), ...found];
}

/** `/subscriptions/s/resourceGroups/g/providers/Microsoft.X/type/name/child/name`, in any case. */
export function idResources(resourceId: string): Resource[] {
  const segments = resourceId.split("/", segmentsMax).slice(1);
  const found: Resource[] = [];
  let provider = "microsoft.resources";
  let types: string[] = [];
  for (let start = 0; start < segments.length; start += 2) {
    const [key = "", ...rest] = typeAndName(segments.slice(start));
    if (rest.length === 2) start += 1;
    const name = rest.at(-1);
    if (name === undefined || name === "") break;
    if (key.toLowerCase() === "providers") {
      provider = name.toLowerCase();
      types = [];
      continue;
    }
    // Child types hang on those of their parents; a resource group's own type is written with its subscription.
    types.push(...[key, ...rest.slice(0, -1)].map((type) => type.toLowerCase()));
    found.unshift({ type: `${provider}/${types.join("/")}`, id: `/${segments.slice(0, start + 2).join("/")}`, name });
  }
  return found;
}

/** A type may itself have two parts, the first with dots: `rbac.authorization.k8s.io/rolebindings/name`. */
const typeAndName = (segments: string[]): string[] => segments.slice(0, segments.length > 2 && segments[0]?.includes(".") ? 3 : 2);

function blobOf(record: JsonObject): Resource | undefined {
  const key = knownAt(record, "properties", "objectKey")?.replace(/^\//, "");
  return key === undefined ? undefined : { type: "microsoft.storage/storageaccounts/blobservices/containers/blobs", id: `/${key}`, name: key };
}

/** The storage log of an account may lack the resource id. */
function accountOf(record: JsonObject, found: Resource[]): Resource[] {
  const name = textAt(record, "properties", "accountName");
  const type = "microsoft.storage/storageaccounts";
  return name === undefined || found.some((resource) => resource.type === type) ? [] : [{ type, name }];
}

/**
 * Readable words for a type such as `microsoft.compute/virtualmachines`: word breaks come from whichever spelling in the record kept them
 * (`virtualMachines`), the last word loses its plural.
 */
export function typeWords(type: string, spellings: string[]): string[] {
  const last = type.slice(type.lastIndexOf("/") + 1);
  const spelled = spellings.flatMap((text) => text.split("/", segmentsMax)).find((part) => part.toLowerCase() === last && /[a-z][A-Z]/.test(part));
  const words = spelled === undefined ? ((Object.hasOwn(knownBreaks, last) ? knownBreaks[last] : undefined) ?? last).split(" ") : wordsOf(spelled);
  return [...words.slice(0, -1), singular(words.at(-1) ?? "")];
}

/** The most frequent types, for records that arrive in one case throughout. */
const knownBreaks: Record<string, string> = {
  automationaccounts: "automation accounts",
  clusterrolebindings: "cluster role bindings",
  connectedclusters: "connected clusters",
  immutabilitypolicies: "immutability policies",
  managedclusters: "managed clusters",
  networksecuritygroups: "network security groups",
  publicipaddresses: "public ip addresses",
  resourcegroups: "resource groups",
  roleassignments: "role assignments",
  rolebindings: "role bindings",
  roledefinitions: "role definitions",
  securityrules: "security rules",
  storageaccounts: "storage accounts",
  virtualmachines: "virtual machines",
  virtualnetworks: "virtual networks",
};
