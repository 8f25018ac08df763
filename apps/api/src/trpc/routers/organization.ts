import { createOrganization, getOrganization, newOrganizationInput, updateOrganization } from "@daybook/services";
import type { z } from "zod";
import { change, memberProcedure, readOf, router } from "../init.ts";

type NewOrganization = z.input<typeof newOrganizationInput>;

export const organizationRouter = router({
  get: readOf(getOrganization),
  update: change(updateOrganization),
  /** Another one, for who owns this one. */
  create: memberProcedure
    .input((value: unknown): NewOrganization => value as NewOrganization)
    .mutation(({ ctx, input }) => createOrganization(ctx.platform, ctx.context, input)),
});
