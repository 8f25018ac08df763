import { createAuthEndpoint } from "better-auth/api";
import { z } from "zod";

/** Lets our own routes give and take the library's session cookie, signed as the library reads it. Called in this process; no route leads here. */
export const sessionCookie = {
  id: "daybook-session-cookie",
  endpoints: {
    writeSessionCookie: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ token: z.string(), maxAgeSeconds: z.number().int() }) },
      async (ctx) => {
        const { name, attributes } = ctx.context.authCookies.sessionToken;
        await ctx.setSignedCookie(name, ctx.body.token, ctx.context.secret, { ...attributes, maxAge: ctx.body.maxAgeSeconds });
        return ctx.json({ written: true });
      },
    ),
  },
} as const;
