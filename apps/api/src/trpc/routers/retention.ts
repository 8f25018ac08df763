import { getRetention, previewRetention, purgeNow, setRetention } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const retentionRouter = router({
  get: readOf(getRetention),
  preview: readOf(previewRetention),
  set: change(setRetention),
  purgeNow: change(purgeNow),
});
