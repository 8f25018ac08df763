import type { Sealer } from "@daybook/services";
import { z } from "zod";

/** A sign-in that is under way at a provider, as the browser carries it: sealed, so that nobody else can make one, or read the verifier. */
const attempt = z.object({
  providerId: z.uuid(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});
export type Attempt = z.output<typeof attempt>;

/** Time to find one's telephone and password at the provider. */
export const attemptLastsMs = 10 * 60_000;

export interface AttemptCookies {
  /** A complete `Set-Cookie` value. */
  write(organizationId: string, attempt: Attempt): string;
  /** Null for what is not there, changed, too old, or another organization's. */
  read(organizationId: string, cookieHeader: string | undefined, now: Date): Attempt | null;
  clear(): string;
}

/**
 * One attempt a browser, and each answer takes it away. It proves that the browser which comes back is the one that left, so nobody can be signed in
 * as somebody else by a link. Lax: the way back from the provider is a link, and the cookie has to come along.
 */
export function openAttemptCookies(sealer: Sealer, { secure }: { secure: boolean }): AttemptCookies {
  const name = secure ? "__Host-daybook.oidc" : "daybook.oidc";
  const placeOf = (organizationId: string) => ({ organizationId, id: "browser", column: "cookie.oidc" });
  const cookie = (value: string, seconds: number) => `${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    write: (organizationId, made) => cookie(sealer.seal(JSON.stringify(made), placeOf(organizationId)), attemptLastsMs / 1_000),
    clear: () => cookie("", 0),
    read(organizationId, cookieHeader, now) {
      const value = valueOf(cookieHeader, name);
      if (value === null) return null;
      try {
        const found = attempt.parse(JSON.parse(sealer.open(value, placeOf(organizationId))));
        return found.expiresAt > now.getTime() ? found : null;
      } catch {
        return null;
      }
    },
  };
}

function valueOf(header: string | undefined, name: string): string | null {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || null;
}
