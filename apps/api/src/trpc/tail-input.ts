import { logQueryInput } from "@daybook/services";
import { z } from "zod";

/** Where to begin: behind the page that the client holds, or, when it reconnects, behind the last event it got, which the library puts beside what was asked. */
export const tailInput = logQueryInput.extend({
  afterSeq: z.number().int().nonnegative().optional(),
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
});
