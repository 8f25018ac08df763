import { Refusal } from "@daybook/event";
import { keepSession, passwordLengthMin, signInWithPassword } from "@daybook/services";
import type { Platform, SignInKeys } from "@daybook/services";
import { schema } from "@daybook/store";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { openPasskeyCeremonies } from "./passkey-ceremonies.ts";
import { sessionCookie } from "./session-cookie.ts";
import type { Auth } from "./session.ts";

const passwordLengthMax = 128;

export interface AuthOptions {
  platform: Platform;
  secret: string;
  trustedOrigins: ReadonlySet<string>;
}

/**
 * The library hashes passwords, signs the session's cookie and reads the session behind it. Sessions begin and end in verbs, where their events are
 * written in the same transaction: no event, no session. None of its own routes is open.
 */
export function openAuth({ platform, secret, trustedOrigins }: AuthOptions): Auth {
  const library = openLibrary({ platform, secret, trustedOrigins });
  const keys: SignInKeys = {
    hashPassword: async (password) => (await library.$context).password.hash(password),
    async passwordMatches(hash, password) {
      const { password: hashing } = await library.$context;
      if (hash !== null) return hashing.verify({ hash, password });
      await hashing.hash(password);
      return false;
    },
    passkeys: openPasskeyCeremonies({ origin: platform.origin, trustedOrigins }),
  };

  async function writeCookie(token: string, maxAgeSeconds: number): Promise<string[]> {
    const { headers } = await library.api.writeSessionCookie({ body: { token, maxAgeSeconds }, returnHeaders: true });
    return headers.getSetCookie();
  }
  const cookiesFor: Auth["cookiesFor"] = ({ token, expiresAt }) =>
    writeCookie(token, Math.max(0, Math.ceil((expiresAt.getTime() - platform.now().getTime()) / 1_000)));

  return {
    keys,
    cookiesFor,
    hashPassword: keys.hashPassword,
    forgottenCookies: () => writeCookie("", 0),

    async session(headers) {
      const found = await library.api.getSession({ headers });
      if (!found) return null;
      const { id, token, userId, createdAt, updatedAt } = found.session;
      const kept = await keepSession(platform, { id, userId, beganAt: createdAt, lastActiveAt: updatedAt });
      if (!kept) return null;
      const { name, email } = found.user;
      const cookies = kept.prolongedTo === null ? [] : await cookiesFor({ token, expiresAt: kept.prolongedTo });
      return { session: { id, person: { id: userId, name, email } }, cookies };
    },

    async signIn({ email, password }, _headers, request) {
      const outcome = await signInWithPassword(platform, keys, { email, password, request });
      if (outcome.kind !== "signed_in") throw new Refusal("unauthenticated", "Sign in on the sign-in page.");
      return cookiesFor(outcome.session);
    },
  };
}

function openLibrary({ platform, secret, trustedOrigins }: AuthOptions) {
  const secure = platform.origin.startsWith("https://");
  return betterAuth({
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
    // Prolonged by `keepSession`. Without a cache in the cookie, a session that was ended is ended.
    session: { disableSessionRefresh: true, cookieCache: { enabled: false } },
    plugins: [sessionCookie],
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "daybook",
      // `__Host-` pins the cookie to this host and path; it demands `Secure`, so plain http has to do without.
      useSecureCookies: false,
      cookies: { session_token: { name: secure ? "__Host-daybook.session" : "daybook.session" } },
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
      database: { validateSchema: false },
    },
    // What is no answer of the library comes to our own error handler, instead of whole, parameters and all, to the console.
    onAPIError: { throw: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}
