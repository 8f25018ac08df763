import type { Json } from "@daybook/event";
import { isLosslessNumber } from "../lossless-json.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/**
 * The text whose SHA-256 the vendor's clients compute too, and compare: they call an event lost when the answer's hash is another. It is built from the
 * record as it was sent and the id that it got, and covers neither names, times nor the description.
 */
export function retracedHashText(record: JsonObject, id: string): string {
  const head = [id, scalar(record["action"]), ...["target", "actor", "group"].map((key) => idOf(record[key])), textOf(record["source_ip"])];
  const flags = [record["is_failure"], record["is_anonymous"]].map((flag) => (truthy(flag) ? "1" : "0"));
  const parts = `${[...head.map(escapedColons), ...flags].join(":")}:`;
  const fields = truthy(record["fields"]) ? pairsOf(record["fields"]) : ":";
  const externalId = truthy(record["external_id"]) ? `:${escapedColons(scalar(record["external_id"]))}` : "";
  const metadata = truthy(record["metadata"]) ? `:${pairsOf(record["metadata"])}` : "";
  return `${parts}${fields}${externalId}${metadata}`;
}

const idOf = (value: Json | undefined): string => (isObject(value) && Object.keys(value).length > 0 ? scalar(value["id"]) : "");
const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

function pairsOf(value: Json | undefined): string {
  if (!isObject(value)) return "";
  return Object.keys(value)
    .toSorted()
    .map((key) => `${escapedPair(escapedColons(key))}=${escapedPair(escapedColons(scalar(value[key])))};`)
    .join("");
}

const escapedColons = (text: string): string => text.replaceAll("%", "%25").replaceAll(":", "%3A");
const escapedPair = (text: string): string => text.replaceAll("=", "%3D").replaceAll(";", "%3B");

/** As a template literal would print it. */
const scalar = (value: Json | undefined): string => {
  if (value === undefined) return "undefined";
  if (isLosslessNumber(value)) return value.rawJSON;
  return typeof value === "object" && value !== null ? "[object Object]" : String(value);
};

const truthy = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
