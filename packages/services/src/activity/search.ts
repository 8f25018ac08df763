import { logTypes, Refusal, statuses } from "@daybook/event";
import type { LogType } from "@daybook/event";
import { maskName, whyVisible } from "@daybook/policy";
import { allOf, equals, everything, queryOf, searchLengthMax } from "@daybook/query";
import type { Asker, Filter, Query } from "@daybook/query";
import { searchOrders } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
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
  q: z.string().max(searchLengthMax).optional(),
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
export type LogQuery = { logType?: LogType | undefined; filter: Filter; teamId?: string | undefined };

export const askedQuery = ({ logType, filter }: Omit<LogQuery, "teamId">, asker: Asker = {}): Query =>
  allOf(logType ? equals("log_type", logType) : everything, queryOf(filter, asker));

/** Whom `actor:me` means: who reads, or through whose eyes. */
export function askerOf({ viewer, as }: Context): Asker {
  const reader = as ?? viewer;
  return reader.kind === "member" ? { me: reader.userId } : {};
}

export const listEvents = defineRead({
  name: "events.list",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({
    cursor: z.string().max(200).nullish(),
    limit: z.number().int().min(1).max(200).default(100),
    /** By when events occurred, or in the order in which they were written down. */
    order: z.enum(searchOrders).default("time"),
  }),
  async run(platform, context, input) {
    const { store, now } = platform;
    const log = await viewLog(platform, context, input.teamId);
    const completeUntil = now().toISOString();
    // Read before the rows: who follows the log from here on misses nothing that the page lacks.
    const lastSeq = await store.lastSeq(context.viewer.organizationId);
    const page = await log.search({ asked: askedQuery(input, askerOf(context)), cursor: input.cursor, limit: input.limit, order: input.order });
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
