import { members } from "@daybook/store";
import { headersOf } from "../../http/web-headers.ts";
import { anyoneProcedure, router } from "../init.ts";

export const sessionRouter = router({
  /** Null for somebody who is signed out: the console asks this first, so it is no error. */
  me: anyoneProcedure.query(async ({ ctx }) => {
    const found = await ctx.auth.session(headersOf(ctx.request.headers));
    if (!found) return null;
    for (const cookie of found.cookies) void ctx.reply.header("set-cookie", cookie);
    const { person } = found.session;
    const organizations = await members.organizationsOf(ctx.platform.store.db, person.id);
    return {
      user: person,
      organizations: organizations.map(({ id, name, slug, timeZone, role, demo }) => ({ id, name, slug, timeZone, role, demo })),
    };
  }),
});
