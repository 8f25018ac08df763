import type { Json, PreparedEvent, Resource } from "@daybook/event";
import { definitionOf, wordsOf } from "./classify.ts";

type Describable = Pick<PreparedEvent, "action" | "resource" | "related_resources" | "rows_affected" | "metadata">;

/** The event as a sentence that names its objects; the actor is left out because every list shows it beside the sentence. */
export function describeEvent(event: Describable, sentence = definitionOf(event.action)?.sentence): string {
  return sentence === undefined ? describeUnknown(event) : fill(sentence, event);
}

/** A slot without a value takes the space before it along. */
const fill = (sentence: string, event: Describable): string =>
  sentence
    .replace(/( ?)\{([a-z_.]+)(?:\|([^{}]*))?\}/g, (_, space: string, slot: string, otherwise = "") => {
      const value = slotValue(slot, event, sentence) || otherwise;
      return value && `${space}${value}`;
    })
    .trim();

function slotValue(slot: string, event: Describable, sentence: string): string {
  const [root = "", ...path] = slot.split(".");
  switch (root) {
    case "resource":
      return quoted(event.resource) || typeUnlessSaid(event.resource, sentence);
    case "related":
      return quoted(event.related_resources.find(({ type }) => type === path[0]) ?? event.related_resources[0]);
    case "rows_affected":
      return event.rows_affected?.toLocaleString("en-US") ?? "";
    default:
      return asText(path.reduce<Json | undefined>(memberOf, event.metadata));
  }
}

function quoted(resource: Resource | null | undefined): string {
  const label = resource?.name ?? resource?.id;
  return label === undefined ? "" : `"${label}"`;
}

/** `Created notebook` says the type already; `Invited` does not. */
function typeUnlessSaid(resource: Resource | null, sentence: string): string {
  const type = resource?.type.replaceAll("_", " ") ?? "";
  return sentence.includes(type) ? "" : type;
}

const asText = (value: Json | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value[key] : undefined;

/** `notebook_created` on "Q2" reads `Created notebook "Q2"`; a key that is no noun and participle reads `iam create user: "bob"`. */
function describeUnknown(event: Describable): string {
  const words = wordsOf(event.action);
  const last = words.at(-1) ?? event.action;
  const label = event.resource?.name ?? event.resource?.id;
  if (words.length > 1 && last.endsWith("ed")) {
    const noun = words.slice(0, -1).join(" ");
    return `${last.charAt(0).toUpperCase()}${last.slice(1)} ${noun}${label === undefined ? "" : ` "${label}"`}`;
  }
  const phrase = words.join(" ");
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}${label === undefined ? "" : `: "${label}"`}`;
}
