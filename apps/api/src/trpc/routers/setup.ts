import { Refusal } from "@daybook/event";
import { passwordLengthMin, setUp, setUpInput } from "@daybook/services";
import { organizations } from "@daybook/store";
import { z } from "zod";
import { requestOrigin } from "../../http/request-origin.ts";
import { headersOf } from "../../http/web-headers.ts";
import { anyoneProcedure, router } from "../init.ts";

const setupTokenLengthMax = 256;

export const setupRouter = router({
  status: anyoneProcedure.query(async ({ ctx }) => ({ needed: !(await organizations.any(ctx.platform.store.platform)) })),

  passwordRules: anyoneProcedure.query(() => ({ lengthMin: passwordLengthMin })),

  /** Makes the first owner and organization and signs the owner in. Works once. */
  create: anyoneProcedure.input(setUpInput.extend({ setupToken: z.string().max(setupTokenLengthMax) })).mutation(async ({ ctx, input }) => {
    if (!ctx.setupToken.matches(input.setupToken))
      throw new Refusal("forbidden", "The setup link is not the current one. Take the newest from the output of the server.", "setupToken");
    // Before the password is hashed, which is made to be slow.
    if (await organizations.any(ctx.platform.store.platform)) throw new Refusal("conflict", "Daybook is set up already. Sign in instead.");
    const request = requestOrigin(ctx.request);
    const passwordHash = await ctx.auth.hashPassword(input.owner.password);
    const { organization, token } = await setUp(ctx.platform, input, { passwordHash, request, starters: ctx.starters });
    for (const cookie of await ctx.auth.signIn(input.owner, headersOf(ctx.request.headers), request)) void ctx.reply.header("set-cookie", cookie);
    return { organization, token };
  }),
});
