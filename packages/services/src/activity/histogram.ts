import { isTimeZone, Refusal } from "@daybook/event";
import { histogramSplits, organizations } from "@daybook/store";
import type { Bucket } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { gridsOf } from "./buckets.ts";
import type { BucketUnit } from "./buckets.ts";
import { askedQuery, askerOf, logQueryInput } from "./search.ts";
import { viewLog } from "./view-log.ts";

export interface EventHistogram {
  zone: string;
  unit: BucketUnit;
  /** The usual length of a bar; one in which clocks change is longer or shorter. */
  bucketSeconds: number;
  /** All bars of the range, also those without events. The first and the last hold only what lies in the range. */
  buckets: Bucket[];
  /** The sum of the bars. */
  total: number;
  /** False when only the events since `countedFrom` were counted: there are so many or more. */
  exact: boolean;
  countedFrom: string | null;
}

const zoneLengthMax = 64;

/** How many events occurred when, as the clocks of a zone tell it. */
export const histogramOfEvents = defineRead({
  name: "events.histogram",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({
    by: z.enum(histogramSplits).default("status"),
    /** Default: the organization's. */
    zone: z.string().max(zoneLengthMax).refine(isTimeZone, "is no time zone that Daybook knows").optional(),
  }),
  async run(platform, context, input): Promise<EventHistogram> {
    const { store, now } = platform;
    const { organizationId } = context.viewer;
    const asked = askedQuery(input, askerOf(context));
    const log = await viewLog(platform, context, input.teamId);
    const organization = await organizations.find(store.of(organizationId), organizationId);
    if (!organization) throw new Refusal("not_found", "There is no such organization.");
    const zone = input.zone ?? organization.timeZone;
    const to = input.filter.to === undefined ? now().getTime() : Date.parse(input.filter.to);
    const from = input.filter.from === undefined ? ((await log.begin()) ?? now()).getTime() : Date.parse(input.filter.from);
    const grids = gridsOf({ from, to: Math.max(from, to), zone });
    const { grid, ...counted } = await log.histogram({ asked, by: input.by, grids: grids.map(({ starts }) => starts) });
    const taken = grids[grid];
    if (!taken) throw new Error("the store takes one of the grids");
    return { zone, unit: taken.unit, bucketSeconds: taken.bucketSeconds, ...counted };
  },
});
