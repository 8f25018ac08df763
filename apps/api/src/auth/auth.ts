import { AsyncLocalStorage } from "node:async_hooks";
import type { EventContext } from "@daybook/event";
import { newId, passwordLengthMin, recordSession } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { schema } from "@daybook/store";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { Auth } from "./session.ts";

/** The client's address under a name that no client can set: its own copy of the header is overwritten. */
const addressHeader = "x-daybook-client-ip";
const passwordLengthMax = 128;

export interface AuthOptions {
  platform: Platform;
  secret: string;
  trustedOrigins: ReadonlySet<string>;
}

/** One call into the library: who it is for, and an event that could not be written, which the library would forget when it signs out. */
interface Call {
  from: EventContext;
  failure?: unknown;
}

/** E-mail and password with server-side sessions. Coming and going are events, written before they take effect: no event, no session. */
export function openAuth({ platform, secret, trustedOrigins }: AuthOptions): Auth {
  const calls = new AsyncLocalStorage<Call>();
  const secure = platform.origin.startsWith("https://");
  const recordOrFail = async (action: "user_logged_in" | "user_logged_out", userId: string, sessionId: string) => {
    try {
      await recordSession(platform, action, { userId, request: { ...calls.getStore()?.from, session_id: sessionId } });
    } catch (error) {
      const call = calls.getStore();
      if (call) call.failure = error;
      throw error;
    }
  };

  const library = betterAuth({
    appName: "Daybook",
    baseURL: platform.origin,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [...trustedOrigins],
    database: drizzleAdapter(platform.store.platform, {
      provider: "pg",
      schema: { user: schema.users, session: schema.sessions, account: schema.accounts, verification: schema.verifications },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordLengthMin, maxPasswordLength: passwordLengthMax },
    // Attempts are counted by our own routes, which also record them.
    rateLimit: { enabled: false },
    advanced: {
      ipAddress: { ipAddressHeaders: [addressHeader] },
      cookiePrefix: "daybook",
      // `__Host-` pins the cookie to this host and path; it demands `Secure`, so plain http has to do without.
      useSecureCookies: false,
      cookies: { session_token: { name: secure ? "__Host-daybook.session" : "daybook.session" } },
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
      database: { generateId: () => newId(platform), validateSchema: false },
      // Our routes check the origin of every change themselves, as tRPC's do. The library's own check also refuses programs that state none.
      disableCSRFCheck: true,
      disableOriginCheck: false,
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const id = newId(platform);
            await recordOrFail("user_logged_in", session.userId, id);
            return { data: { id } };
          },
        },
        delete: {
          before: async (session, context) => {
            // Sessions also end by expiry, which nobody did.
            if (context?.path === "/sign-out") await recordOrFail("user_logged_out", session.userId, session.id);
          },
        },
      },
    },
    // What is no answer of the library comes to our own error handler, instead of whole, parameters and all, to the console.
    onAPIError: { throw: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
  });

  const within = async <T>(from: EventContext, work: () => Promise<T>): Promise<T> => {
    const call: Call = { from };
    const result = await calls.run(call, work);
    if (call.failure !== undefined) throw call.failure;
    return result;
  };

  return {
    handle: (request, from) =>
      within(from, () => {
        if (from.ip) request.headers.set(addressHeader, from.ip);
        return library.handler(request);
      }),

    async session(headers) {
      const { response, headers: answer } = await library.api.getSession({ headers, returnHeaders: true });
      if (!response) return null;
      const { id, name, email } = response.user;
      return { session: { id: response.session.id, person: { id, name, email } }, cookies: answer.getSetCookie() };
    },

    hashPassword: async (password) => (await library.$context).password.hash(password),

    signIn: ({ email, password }, headers, from) =>
      within(from, async () => {
        const own = new Headers(headers);
        if (from.ip) own.set(addressHeader, from.ip);
        const { headers: answer } = await library.api.signInEmail({ body: { email, password }, headers: own, returnHeaders: true });
        return answer.getSetCookie();
      }),
  };
}
