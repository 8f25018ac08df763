import { getAction, listCatalog, listCustomActions } from "@daybook/services";
import { readOf, router } from "../init.ts";

export const catalogRouter = router({
  list: readOf(listCatalog),
  custom: readOf(listCustomActions),
  get: readOf(getAction),
});
