import { countsOfSearches, facetsOfEvents, getEvent, histogramOfEvents, openLogPage, relatedEvents, tailStep, valuesOfKey } from "@daybook/services";
import { followLog } from "../follow-log.ts";
import { logRead, memberProcedure, router } from "../init.ts";
import { tailInput } from "../tail-input.ts";

export const eventsRouter = router({
  list: logRead(openLogPage),
  get: logRead(getEvent),
  related: logRead(relatedEvents),
  histogram: logRead(histogramOfEvents),
  facets: logRead(facetsOfEvents),
  values: logRead(valuesOfKey),
  counts: logRead(countsOfSearches),
  since: logRead(tailStep),
  /** Events as they come, in the order of their sequence. */
  tail: memberProcedure.input(tailInput).subscription(({ ctx, input, signal }) => followLog(ctx, input, signal)),
});
