import { facetsOfEvents, getEvent, histogramOfEvents, listEvents, relatedEvents } from "@daybook/services";
import { followLog } from "../follow-log.ts";
import { memberProcedure, readOf, router } from "../init.ts";
import { tailInput } from "../tail-input.ts";

export const eventsRouter = router({
  list: readOf(listEvents),
  get: readOf(getEvent),
  related: readOf(relatedEvents),
  histogram: readOf(histogramOfEvents),
  facets: readOf(facetsOfEvents),
  /** Events as they come, in the order of their sequence. */
  tail: memberProcedure.input(tailInput).subscription(({ ctx, input, signal }) => followLog(ctx, input, signal)),
});
