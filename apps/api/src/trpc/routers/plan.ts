import { getPlan } from "@daybook/services";
import { readOf, router } from "../init.ts";

export const planRouter = router({
  get: readOf(getPlan),
});
