import type { AuditEvent, LogType } from "@daybook/event";
import { clausesToQuery, matches, parseSearch, printSearch, queryOf, withoutKey, type FacetKey } from "@daybook/query";
import type { Trpc } from "../trpc.ts";
import { stepBucket, truncateTo } from "../features/logs/histogram/bucket-time.ts";
import { rowOf } from "./fake-events.ts";
import { FakeNotFound } from "./fake-views.ts";

type Of<P> = P extends { "~types": { input: infer Input; output: infer Output } } ? { input: Input; output: Output } : never;
type Events = Trpc["events"];
type Filter = NonNullable<NonNullable<Of<Events["list"]>["input"]>["filter"]>;
interface Scope {
  logType?: LogType;
  filter: Filter;
}

interface HistogramInput extends Scope {
  by?: "status" | "actor_type" | "operation";
  zone?: string;
}

const me = "u_alice";
const zone = "Europe/Paris";
const aroundMs = 30 * 60_000;
const hourSeconds = 3_600;
const hourBucketsMax = 120;
const newest = "2026-11-20T12:03:10.245Z";
const countedMax = 10_000;

/** The log's answers, from a list in memory; what a search means is what it means on the server. */
export const fakeLogAnswers = (events: readonly AuditEvent[], input: unknown): Record<string, () => unknown> => ({
  "events.list": () => list(events, input as Scope & { cursor?: string; limit?: number }),
  "events.since": () => ({ events: [], lastSeq: (input as Of<Events["since"]>["input"]).afterSeq, hasMore: false }) satisfies Of<Events["since"]>["output"],
  "events.get": () => get(events, (input as Of<Events["get"]>["input"]).id),
  "events.related": () => related(events, (input as Of<Events["related"]>["input"]).id),
  "events.histogram": () => histogram(events, input as HistogramInput),
  "events.facets": () => facets(events, input as Scope & { keys: FacetKey[] }),
  "events.values": () => values(events, input as Scope & { key: FacetKey; text: string; limit?: number }),
  "events.counts": () => counts(events, input as Scope & { searches: string[] }),
});

function matching(events: readonly AuditEvent[], { logType, filter = {} }: Partial<Scope>): AuditEvent[] {
  const query = queryOf(filter, { me });
  return events.filter((event) => (logType === undefined || event.log_type === logType) && matches(query, event));
}

function list(events: readonly AuditEvent[], { cursor, limit = 100, ...scope }: Scope & { cursor?: string; limit?: number }): Of<Events["list"]>["output"] {
  const all = matching(events, scope);
  const start = cursor ? Number(cursor) : 0;
  const end = start + limit;
  return {
    events: all.slice(start, end).map(rowOf),
    nextCursor: end < all.length ? String(end) : null,
    completeUntil: "2026-11-20T12:03:11.000Z",
    lastSeq: 0,
    searchedTo: null,
  };
}

function get(events: readonly AuditEvent[], id: string): Of<Events["get"]>["output"] {
  const event = events.find((each) => each.id === id);
  if (!event) throw new FakeNotFound("There is no such event, or you may not see it.");
  return {
    event,
    raw: event.seq % 2 === 0 ? { actor: "cat", action: "protected_branch.destroy", created_at: 1621305118553 } : null,
    visibleBecause: "Alice Chen is an owner, and owners see the whole log.",
  };
}

function related(events: readonly AuditEvent[], id: string): Of<Events["related"]>["output"] {
  const event = events.find((each) => each.id === id);
  if (!event) throw new FakeNotFound("There is no such event, or you may not see it.");
  const at = Date.parse(event.occurred_at);
  const range = { from: new Date(at - aroundMs).toISOString(), to: new Date(at + aroundMs).toISOString() };
  const others = events.filter((each) => each.id !== id && each.resource?.id === event.resource?.id);
  return [
    { by: "actor", count: 12, capped: false, events: events.slice(0, 4).map(rowOf), search: { q: `actor:${event.actor.id ?? ""}`, ...range } },
    { by: "resource", count: others.length, capped: false, events: others.slice(0, 20).map(rowOf), search: { q: `resource:${event.resource?.id ?? ""}` } },
  ];
}

function histogram(events: readonly AuditEvent[], input: HistogramInput): Of<Events["histogram"]>["output"] {
  const all = matching(events, input);
  const from = Date.parse(input.filter.from ?? all.at(-1)?.occurred_at ?? newest);
  const to = Date.parse(input.filter.to ?? newest);
  const isShort = to - from <= hourBucketsMax * hourSeconds * 1000;
  const grid = { unit: isShort ? ("hour" as const) : ("day" as const), bucketSeconds: isShort ? hourSeconds : 24 * hourSeconds, zone: input.zone ?? zone };
  const buckets = new Map<number, Record<string, number>>();
  for (let start = truncateTo(from, grid); start < to; start = stepBucket(start, 1, grid)) buckets.set(start, {});
  for (const event of all) {
    const start = truncateTo(Date.parse(event.occurred_at), grid);
    const counted = buckets.get(start) ?? {};
    const part = partOf(event, input.by ?? "status");
    buckets.set(start, { ...counted, [part]: (counted[part] ?? 0) + 1 });
  }
  return {
    ...grid,
    total: all.length,
    exact: true,
    countedFrom: null,
    buckets: [...buckets].sort(([a], [b]) => a - b).map(([start, parts]) => ({ start: new Date(start).toISOString(), counts: parts })),
  };
}

const partOf = (event: AuditEvent, by: "status" | "actor_type" | "operation"): string => (by === "actor_type" ? event.actor.type : event[by]);

/** What one's own choice in a group does not narrow. */
function besides(filter: Filter, key: FacetKey): Filter {
  const { clauses } = parseSearch(filter.q ?? "");
  return { ...filter, q: printSearch(withoutKey(clauses, key)) };
}

interface Counted {
  value: string;
  label: string;
  count: number;
}

function count(events: readonly AuditEvent[], key: FacetKey): Counted[] {
  const found = new Map<string, Counted>();
  for (const event of events) {
    const value = valueOf(event, key);
    if (value === undefined) continue;
    const held = found.get(value.value) ?? { ...value, count: 0 };
    found.set(value.value, { ...held, count: held.count + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function valueOf(event: AuditEvent, key: FacetKey): { value: string; label: string } | undefined {
  const plain = (value: string | null | undefined) => (value == null ? undefined : { value, label: value });
  switch (key) {
    case "status":
    case "operation":
    case "namespace":
    case "source":
    case "origin":
      return plain(event[key]);
    case "action":
      return plain(event.action);
    case "resource_type":
      return plain(event.resource?.type);
    case "resource":
      return plain(event.resource?.name);
    case "actor":
      return event.actor.type === "anonymous"
        ? undefined
        : { value: event.actor.email ?? event.actor.id ?? event.actor.name ?? "", label: event.actor.name ?? event.actor.id ?? "" };
    case "actor_type":
      return plain(event.actor.type);
    case "team":
      return event.team ? { value: event.team.id ?? event.team.name ?? "", label: event.team.name ?? "" } : undefined;
    case "ip":
      return plain(event.context.ip);
  }
}

const facetValuesMax = 50;

function facets(events: readonly AuditEvent[], { keys, ...scope }: Scope & { keys: FacetKey[] }): Of<Events["facets"]>["output"] {
  return {
    groups: keys.map((key) => {
      const counted = count(matching(events, { ...scope, filter: besides(scope.filter, key) }), key);
      return { key, values: counted.slice(0, facetValuesMax), exact: true, more: counted.length > facetValuesMax };
    }),
  };
}

function values(
  events: readonly AuditEvent[],
  { key, text, limit = 20, ...scope }: Scope & { key: FacetKey; text: string; limit?: number },
): Of<Events["values"]>["output"] {
  const typed = text.toLowerCase();
  const found = count(matching(events, scope), key).filter(({ value, label }) => `${value}\n${label}`.toLowerCase().includes(typed));
  return { values: found.slice(0, limit), exact: true };
}

function counts(events: readonly AuditEvent[], { searches, ...scope }: Scope & { searches: string[] }): Of<Events["counts"]>["output"] {
  return searches.map((search) => {
    const query = clausesToQuery(parseSearch(search).clauses, { me });
    const { q: _, ...rest } = scope.filter;
    const found = matching(events, { ...scope, filter: rest }).filter((event) => matches(query, event)).length;
    return { count: Math.min(found, countedMax), capped: found > countedMax };
  });
}
