import type { Resource } from "@daybook/event";
import { past } from "./verbs.ts";

const namedMax = 3;
/** A type is a word or two; the patterns over it take the square of its length. */
const typeCharsMax = 256;

/**
 * The sentence of an imported event, in the form of our own: what was done, to what by name, where, and whether it failed. `words` begins with
 * the verb; a key without a verb known here is told as it stands. `failure` is the reason, or empty where there is none but that it failed.
 */
export function tell(event: { words: string[]; action: string; resources: Resource[]; where?: string; failure?: string }): string {
  const [first = "", ...rest] = event.words;
  const verb = past(first);
  const object = rest.join(" ");
  const did = verb === undefined ? event.action : `${verb.charAt(0).toUpperCase()}${verb.slice(1)}${object === "" ? "" : ` ${object}`}`;
  return `${did}${named(event.resources, object, verb !== undefined)}${event.where ? ` in ${event.where}` : ""}${failed(event.failure)}`;
}

export function failed(failure: string | undefined): string {
  if (failure === undefined) return "";
  return failure === "" ? " (failed)" : ` (failed: ${failure})`;
}

function named(resources: Resource[], object: string, isSentence: boolean): string {
  const [first] = resources;
  if (first === undefined) return "";
  const shown = resources.slice(0, namedMax).map((resource) => `${kindOf(resource)} ${nameOf(resource)}`);
  const more = resources.length > namedMax ? ` and ${resources.length - namedMax} more` : "";
  if (object === "" && isSentence) return ` ${shown.join(", ")}${more}`;
  if (resources.length === 1 && object.endsWith(kindOf(first))) return ` ${nameOf(first)}`;
  return `: ${shown.join(", ")}${more}`;
}

export const nameOf = (resource: Resource): string => resource.name ?? resource.id ?? "";

/** `AWS::IAM::AccessKey` is an access key, `protected_branch` a protected branch. */
export const kindOf = (resource: Resource): string =>
  resource.type
    .slice(resource.type.lastIndexOf(":") + 1)
    .slice(0, typeCharsMax)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
