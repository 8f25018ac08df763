import { allOf, equals, everything, queryOf } from "@daybook/query";
import type { Filter, Query } from "@daybook/query";
import { logTypes, Refusal, statuses } from "@daybook/event";
import type { EventRow, LogType } from "@daybook/event";
import { maskName, whyVisible } from "@daybook/policy";
import type { Shown } from "@daybook/policy";
import { isExactInRollUp } from "@daybook/store";
import type { Bucket, BucketUnit, FacetValue, TeamFacet } from "@daybook/store";
import { organizations } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { logOfTeam } from "./open-log.ts";
import { viewLog } from "./view-log.ts";

const valuesMax = 100;
const values = z.array(z.string().min(1).max(512)).max(valuesMax).optional();
/** In the form that the database reads: not every offset and year that ISO 8601 can write is one to it. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => isStorable(Date.parse(text)), "must lie between the years 1970 and 9999")
  .transform((text) => new Date(text).toISOString())
  .optional();
const isStorable = (instantMs: number): boolean => instantMs >= 0 && instantMs < Date.UTC(10_000, 0, 1);

/** The filter as the console's URL states it. */
export const filterInput: z.ZodType<Filter, Filter> = z.strictObject({
  q: z.string().max(1_000).optional(),
  action: values,
  actor: values,
  actorType: values,
  resource: values,
  resourceType: values,
  team: values,
  status: z.array(z.enum(statuses)).optional(),
  operation: values,
  namespace: values,
  operationId: z.string().max(512).optional(),
  importId: z.array(z.uuid()).max(10).optional(),
  from: instant,
  to: instant,
});

export const logQueryInput = z.object({ logType: z.enum(logTypes).optional(), filter: filterInput.default({}), ...logOfTeam });
type LogQuery = { logType?: LogType | undefined; filter: Filter; teamId?: string | undefined };

export const askedQuery = ({ logType, filter }: Omit<LogQuery, "teamId">): Query => allOf(logType ? equals("log_type", logType) : everything, queryOf(filter));

export const listEvents = defineRead({
  name: "events.list",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({ cursor: z.string().max(200).nullish(), limit: z.number().int().min(1).max(200).default(100) }),
  async run(platform, context, input) {
    const { store, now } = platform;
    const log = await viewLog(platform, context, input.teamId);
    const completeUntil = now().toISOString();
    // Read before the rows: who follows the log from here on misses nothing that the page lacks.
    const lastSeq = await store.lastSeq(context.viewer.organizationId);
    const page = await log.search({ asked: askedQuery(input), cursor: input.cursor, limit: input.limit });
    return { ...page, completeUntil, lastSeq };
  },
});

export const getEvent = defineRead({
  name: "events.get",
  needs: "events:read",
  feature: "log",
  input: z.object({ id: z.uuid(), ...logOfTeam }),
  async run(platform, context, { id, teamId }) {
    const log = await viewLog(platform, context, teamId);
    const found = await log.event(id);
    if (!found) throw new Refusal("not_found", "There is no such event, or you may not see it.");
    const { event, raw, unmasked } = found;
    // The reason quotes teams and grants.
    return { event, raw, visibleBecause: maskName(log.mask, whyVisible(context.as ?? context.viewer, unmasked).reason) };
  },
});

/** At most this many bars: more cannot be told apart. */
const bucketsMax = 120;
const hourSeconds = 3_600;
const daySeconds = 24 * hourSeconds;
/** Shortest first; a month and longer have the mean length of the Gregorian calendar. */
const bucketUnits: readonly { unit: BucketUnit; seconds: number }[] = [
  { unit: "hour", seconds: hourSeconds },
  { unit: "day", seconds: daySeconds },
  { unit: "week", seconds: 7 * daySeconds },
  { unit: "month", seconds: 2_629_746 },
  { unit: "quarter", seconds: 7_889_238 },
];
const longest = { unit: "year", seconds: 31_556_952 } as const;

export const histogramOfEvents = defineRead({
  name: "events.histogram",
  needs: "events:read",
  feature: "log",
  input: logQueryInput,
  async run(platform, context, input): Promise<{ zone: string; bucketSeconds: number; buckets: Bucket[]; total: number }> {
    const { store, now } = platform;
    const organizationId = context.viewer.organizationId;
    const log = await viewLog(platform, context, input.teamId);
    const organization = await organizations.find(store.of(organizationId), organizationId);
    if (!organization) throw new Refusal("not_found", "There is no such organization.");
    const { from, to } = input.filter;
    const begin = from === undefined ? ((await log.begin()) ?? now()) : new Date(from);
    const end = to === undefined ? now() : new Date(to);
    const spanSeconds = (end.getTime() - begin.getTime()) / 1_000;
    const bucket = bucketUnits.find(({ seconds }) => spanSeconds <= bucketsMax * seconds) ?? longest;
    const counted = await log.histogram({ asked: askedQuery(input), bucket: bucket.unit, zone: organization.timeZone });
    return { zone: organization.timeZone, bucketSeconds: bucket.seconds, ...counted };
  },
});

export interface Facets {
  actions: FacetValue[];
  operations: FacetValue[];
  actors: FacetValue[];
  statuses: FacetValue[];
  resourceTypes: FacetValue[];
  /** True when part of the query is not in the roll-up, so that the counts may be too high. */
  approximate: boolean;
}

export const facetsOfEvents = defineRead({
  name: "events.facets",
  needs: "events:read",
  feature: "log",
  input: logQueryInput,
  async run(platform, context, input): Promise<Facets> {
    const { filter, logType } = input;
    // A facet's own choice does not narrow it: people must see what else they could choose.
    // The choice of teams is part of what is counted in: the roll-up knows no teams, and would count everybody's.
    const log = await viewLog(platform, context, input.teamId);
    const counted = queryOf({ team: filter.team });
    const without = (key: keyof Filter) => askedQuery({ logType, filter: { ...filter, [key]: undefined } });
    const isRolledUp = isExactInRollUp(log.within(counted));
    // Five counts, and one answer.
    await log.recordRead(askedQuery(input), null);
    const [actions, operations, actors, statusValues, resourceTypes] = await Promise.all([
      log.facet({ counted, asked: without("action"), name: "actions" }),
      log.facet({ counted, asked: without("operation"), name: "operations" }),
      log.facet({ counted, asked: without("actor"), name: "actors" }),
      log.facet({ counted, asked: without("status"), name: "statuses" }),
      log.facet({ counted, asked: without("resourceType"), name: "resourceTypes" }),
    ]);
    return { actions, operations, actors, statuses: statusValues, resourceTypes, approximate: isRolledUp && !isExactInRollUp(askedQuery(input)) };
  },
});

/** Events that are counted by team while somebody waits; the newest ones. */
const teamEventsMax = 50_000;
const teamValuesMax = 100;

/** The teams that the events of a log belong to. */
export const teamsOfEvents = defineRead({
  name: "events.teams",
  needs: "events:read",
  feature: "log",
  input: logQueryInput,
  async run(platform, context, input): Promise<TeamFacet> {
    const log = await viewLog(platform, context, input.teamId);
    return log.teams({ asked: askedQuery({ ...input, filter: { ...input.filter, team: undefined } }), eventsMax: teamEventsMax, teamsMax: teamValuesMax });
  },
});

const relatedEventsMax = 20;
const aroundMs = 30 * 60_000;

export interface Related {
  by: "request" | "session" | "operation" | "actor" | "resource";
  count: number;
  capped: boolean;
  events: Shown<EventRow>[];
}

export const relatedEvents = defineRead({
  name: "events.related",
  needs: "events:read",
  feature: "log",
  input: z.object({ id: z.uuid(), ...logOfTeam }),
  async run(platform, context, { id, teamId }): Promise<Related[]> {
    const log = await viewLog(platform, context, teamId);
    const found = await log.event(id);
    if (!found) throw new Refusal("not_found", "There is no such event, or you may not see it.");
    const event = found.unmasked;
    const at = Date.parse(event.occurred_at);
    const around: Query = { is: "occurred", from: new Date(at - aroundMs).toISOString(), to: new Date(at + aroundMs).toISOString() };
    const questions: { by: Related["by"]; query: Query | null }[] = [
      { by: "request", query: event.context.request_id ? equals("request_id", event.context.request_id) : null },
      { by: "session", query: event.context.session_id ? equals("session_id", event.context.session_id) : null },
      { by: "operation", query: event.operation_id ? equals("operation_id", event.operation_id) : null },
      { by: "actor", query: event.actor.id ? allOf(equals("actor.id", event.actor.id), around) : null },
      { by: "resource", query: resourceQuery(event.resource) },
    ];
    const answers = await Promise.all(
      questions.map(async ({ by, query }) => {
        if (!query) return null;
        const page = await log.linked({ to: query, limit: relatedEventsMax + 1 });
        const events = page.events.filter((row) => row.id !== id).slice(0, relatedEventsMax);
        return { by, count: events.length, capped: page.nextCursor !== null, events };
      }),
    );
    return answers.filter((answer) => answer !== null);
  },
});

function resourceQuery(resource: EventRow["resource"]): Query | null {
  if (resource?.id) return allOf(equals("resource.type", resource.type), equals("resource.id", resource.id));
  if (resource?.name) return allOf(equals("resource.type", resource.type), equals("resource.name", resource.name));
  return null;
}
