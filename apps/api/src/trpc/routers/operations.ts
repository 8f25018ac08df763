import { countOperations, getOperation, listOperations } from "@daybook/services";
import { logRead, router } from "../init.ts";

export const operationsRouter = router({
  list: logRead(listOperations),
  counts: logRead(countOperations),
  get: logRead(getOperation),
});
