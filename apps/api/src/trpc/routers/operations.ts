import { countOperations, getOperation, listOperations } from "@daybook/services";
import { readOf, router } from "../init.ts";

export const operationsRouter = router({
  list: readOf(listOperations),
  counts: readOf(countOperations),
  get: readOf(getOperation),
});
