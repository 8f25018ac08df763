import { demoStatus, loadDemo, removeDemo } from "@daybook/services";
import { memberProcedure, readOf, router } from "../init.ts";

export const demoRouter = router({
  status: readOf(demoStatus),
  load: memberProcedure.mutation(async ({ ctx }) => ({ organization: (await loadDemo(ctx.platform, ctx.context)).organization })),
  remove: memberProcedure.mutation(({ ctx }) => removeDemo(ctx.platform, ctx.context)),
});
