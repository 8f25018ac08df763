import { membershipsOf } from "@daybook/services";
import { headersOf } from "../../http/web-headers.ts";
import { anyoneProcedure, router } from "../init.ts";

export const sessionRouter = router({
  /** Null for somebody who is signed out: the console asks this first, so it is no error. */
  me: anyoneProcedure.query(async ({ ctx }) => {
    const found = await ctx.auth.session(headersOf(ctx.request.headers));
    if (!found) return null;
    for (const cookie of found.cookies) void ctx.reply.header("set-cookie", cookie);
    const { person } = found.session;
    return { user: person, organizations: await membershipsOf(ctx.platform, found.session) };
  }),
});
