import type { Json, PreparedEvent } from "@daybook/event";
import { definitionOf, wordsOf } from "./classify.ts";

type Describable = Omit<PreparedEvent, "description">;

/** The event as a sentence that names its objects; the actor is left out because every list shows it beside the sentence. */
export function describeEvent(event: Describable): string {
  const definition = definitionOf(event.action);
  return definition ? fill(definition.sentence, event) : describeUnknown(event);
}

const fill = (sentence: string, event: Describable): string =>
  sentence.replace(/\{([a-z_.]+)\}/g, (_, slot: string) => (slot === "resource" ? quoted(event) : slotValue(slot, event))).trim();

function quoted(event: Describable): string {
  const label = event.resource?.name ?? event.resource?.id;
  return label === undefined ? (event.resource?.type ?? "") : `"${label}"`;
}

function slotValue(slot: string, event: Describable): string {
  const value = slot.split(".").slice(1).reduce<Json | undefined>(memberOf, event.metadata);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

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
