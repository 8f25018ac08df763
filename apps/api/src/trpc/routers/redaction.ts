import { createRedactionRule, deleteRedactionRule, listRedactionRules, moveRedactionRule, tryRedactionRule, updateRedactionRule } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const redactionRouter = router({
  list: readOf(listRedactionRules),
  test: readOf(tryRedactionRule),
  create: change(createRedactionRule),
  update: change(updateRedactionRule),
  move: change(moveRedactionRule),
  delete: change(deleteRedactionRule),
});
