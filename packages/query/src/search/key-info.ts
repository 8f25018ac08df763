import { actorTypes, eventStatuses, origins } from "./vocabulary.ts";
import { eventParts } from "../ast.ts";
import type { EventPart } from "../ast.ts";
import type { FacetKey } from "./facet-keys.ts";
import { keyNames, numberKeys } from "./keys.ts";

/** Every key that can be written before a colon; `metadata` has a path besides. */
export const searchKeys = [...keyNames, ...numberKeys, "has", "changed", "metadata"] as const;
export type SearchKey = (typeof searchKeys)[number];

export interface KeyInfo {
  title: string;
  /** Other words for the key; text in this one is written with the key itself. */
  aliases: readonly string[];
  example: string;
  values?: readonly { value: string; title: string }[];
  /** No other value exists. */
  isClosed?: true;
  facet?: FacetKey;
}

const titled = (values: readonly string[]) => values.map((value) => ({ value, title: titleOf(value) }));
const titleOf = (value: string): string =>
  `${value.charAt(0).toUpperCase()}${value.slice(1)}`.replaceAll("_", " ").replace(/^(Api|Ip)\b/, (word) => word.toUpperCase());

const verbs = titled(["created", "updated", "deleted", "viewed", "executed", "cancelled", "shared", "revoked", "promoted"]);
const operations = titled([...verbs.map(({ value }) => value), "granted", "exported", "imported", "authenticated", "started", "completed", "failed"]);
const statuses = eventStatuses.map((value) => ({ value, title: value === "pending_approval" ? "Pending" : titleOf(value) }));
const resourceTypes = titled(["notebook", "experiment", "pipeline", "database", "collection", "query", "report", "user", "team", "permission"]);

export const keyInfo: Record<SearchKey, KeyInfo> = {
  action: { title: "Action", aliases: ["event"], example: "action:updated", values: verbs, facet: "action" },
  operation: { title: "Operation", aliases: ["verb"], example: "operation:deleted", values: operations, facet: "operation" },
  namespace: { title: "Namespace", aliases: [], example: "namespace:notebooks", facet: "namespace" },
  status: { title: "Status", aliases: ["is"], example: "status:failed", values: statuses, isClosed: true, facet: "status" },
  actor: { title: "Actor", aliases: ["user"], example: "actor:alice@company.com", values: [{ value: "me", title: "Me" }], facet: "actor" },
  actor_type: {
    title: "Actor type",
    aliases: [],
    example: "actor_type:(api_key OR service_user)",
    values: titled(actorTypes),
    isClosed: true,
    facet: "actor_type",
  },
  did_or_caused: { title: "Did or caused", aliases: [], example: "did_or_caused:u_204", values: [{ value: "me", title: "Me" }] },
  resource: { title: "Resource", aliases: [], example: 'resource:"orders table"', facet: "resource" },
  resource_type: { title: "Resource type", aliases: ["type"], example: "resource_type:database", values: resourceTypes, facet: "resource_type" },
  team: { title: "Team", aliases: [], example: "team:finance", facet: "team" },
  ip: { title: "IP address", aliases: [], example: "ip:192.168.1", facet: "ip" },
  source: { title: "Source", aliases: [], example: "source:api", facet: "source" },
  origin: { title: "Origin", aliases: [], example: "origin:interface", values: titled(origins), isClosed: true, facet: "origin" },
  error: { title: "Error code", aliases: [], example: "error:timeout" },
  operation_id: { title: "Operation id", aliases: [], example: "operation_id:run_81" },
  session: { title: "Session id", aliases: ["session_id"], example: "session:s_93" },
  request: { title: "Request id", aliases: ["request_id"], example: "request:req_5" },
  import: { title: "Import id", aliases: ["import_id"], example: "import:0190a0c4-7d1e-7000-8000-000000000001" },
  token: { title: "Token id", aliases: ["token_id"], example: "token:0190a0c4-7d1e-7000-8000-000000000002" },
  id: { title: "Event id", aliases: [], example: "id:0190a0c4-7d1e-7000-8000-000000000003" },
  tag: { title: "Tag", aliases: ["tags"], example: "tag:critical" },
  duration: { title: "Duration", aliases: ["duration_ms"], example: "duration:>1s" },
  rows: { title: "Rows", aliases: [], example: "rows:>10000" },
  seq: { title: "Sequence number", aliases: [], example: "seq:5..9" },
  has: { title: "Has", aliases: [], example: "has:changes", values: eventParts.map((value) => ({ value, title: titleOfPart(value) })), isClosed: true },
  changed: { title: "Changed field", aliases: [], example: 'changed:visibility:"private"→"shared"' },
  metadata: { title: "Metadata", aliases: [], example: "metadata.env:prod" },
};

function titleOfPart(part: EventPart): string {
  return part === "ip" ? "IP address" : part === "on_behalf_of" ? "On behalf of somebody" : titleOf(part).replace(/ id$/, "");
}

const keysByWord = new Map<string, SearchKey>(
  searchKeys.flatMap((key) => [[key, key] as const, ...keyInfo[key].aliases.map((alias) => [alias, key] as const)]),
);

/** The key that a word before a colon means, in any case. */
export const keyOf = (word: string): SearchKey | undefined => keysByWord.get(word.toLowerCase());

export const keyWords = (): Iterable<string> => keysByWord.keys();
