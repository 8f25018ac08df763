import { searchLengthMax } from "@daybook/query";
import { z } from "zod";

const columnsLengthMax = 2_000;

/**
 * What a view keeps of the explorer: parameters of its URL, under the same names. What is open beside the list (an event, a tab, a case, somebody else's
 * eyes) is no part of it. A search text is kept as it stands, also one that a later language no longer takes: the console shows what it cannot read.
 */
export const viewState = z
  .strictObject({
    q: z.string().min(1).max(searchLengthMax),
    range: z.string().regex(/^[a-z0-9]{1,16}$/, "must be a range such as `7d`"),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    tz: z.enum(["home", "utc", "mine"]),
    cols: z
      .string()
      .min(1)
      .max(columnsLengthMax)
      .regex(/^[\w.:-]+(,[\w.:-]+)*$/, "must be names of columns, parted by commas"),
    density: z.enum(["compact", "cosy", "two-line"]),
    fold: z.literal("0"),
    by: z.enum(["actor_type", "operation"]),
  })
  .partial()
  .refine(({ range, from, to }) => range === undefined || (from === undefined && to === undefined), "either `range`, or `from` and `to`");

export type ViewState = z.output<typeof viewState>;
