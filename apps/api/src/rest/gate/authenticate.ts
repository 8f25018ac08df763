import { createHash } from "node:crypto";
import { Refusal } from "@daybook/event";
import type { EventContext } from "@daybook/event";
import { authenticateToken, mayComeFrom } from "@daybook/services";
import type { Context, Platform, TokenHolder } from "@daybook/services";
import { tokens } from "@daybook/store";
import type { TokenUse } from "@daybook/store";
import type { FastifyRequest } from "fastify";
import { networkOf, openLimiter, TooMany, TooManyFailures } from "../../http/limiter.ts";

/**
 * What was found out of a token is believed for so long, by every way in: requests, batches of a stream under way, messages on an open syslog connection. So
 * this is how long a revoked token, a removed member's key, or a feature that left the plan still works.
 */
export const cachedMs = 2_000;
const cachedMax = 10_000;
const touchEveryMs = 5_000;
const minuteMs = 60_000;
const failuresPerMinuteMax = 60;
const bearer = /^Bearer +([\x21-\x7e]{1,256})$/i;

/** The token of `Authorization: Bearer …`; empty where there is none. */
export const bearerToken = (request: FastifyRequest): string => bearer.exec(request.headers.authorization ?? "")?.[1] ?? "";

const wrongNetwork = new Refusal("unauthenticated", "The token may not be used from this address. An admin can see its networks under Settings, API tokens.");

/** Whoever holds the token of a request. */
export interface Caller {
  context: Context;
  retentionDays: number | null;
  /** What the events of a bound token carry as their source. */
  boundSource: string | null;
  token: TokenHolder["token"];
  organization: TokenHolder["organization"];
}

/** A token as its producer presented it, and where the request came from. */
export interface Presented {
  token: string;
  origin: EventContext & { ip: string };
}

export interface Authenticator {
  /** Refuses what is no valid token, a token outside its networks, and too many requests. */
  authenticate(presented: Presented): Promise<Caller>;
  /** Writes down the last uses that are still in memory. */
  close(): Promise<void>;
}

export interface AuthenticatorOptions {
  requestsPerMinute: number;
  /** A clock that only goes forward, in ms: for how long an answer is believed. */
  clock?: () => number;
}

export function openAuthenticator(platform: Platform, { requestsPerMinute, clock = () => performance.now() }: AuthenticatorOptions): Authenticator {
  const cache = new Map<string, { holder: Promise<TokenHolder>; until: number }>();
  const used = new Map<string, TokenUse>();
  const failures = openLimiter({ max: failuresPerMinuteMax, windowMs: minuteMs });
  const requests = openLimiter({ max: requestsPerMinute, windowMs: minuteMs });
  const timer = setInterval(() => void touch(), touchEveryMs).unref();

  return {
    async authenticate(presented) {
      const holder = await holderOf(presented);
      const { id, tokenId } = holder.token;
      // Former secrets share the limit of their token: a rotation gives nobody more.
      const waitSeconds = requests.take(tokenId);
      if (waitSeconds > 0) throw new TooMany("The token has made too many requests.", waitSeconds);
      used.set(id, { id, ip: presented.origin.ip });
      const { retentionDays, source: boundSource, token, organization } = holder;
      return { context: { ...holder.context, request: presented.origin }, retentionDays, boundSource, token, organization };
    },
    async close() {
      clearInterval(timer);
      await touch();
    },
  };

  async function holderOf({ token, origin }: Presented): Promise<TokenHolder> {
    try {
      const holder = await cachedHolder(token);
      if (!mayComeFrom(holder, origin.ip)) throw wrongNetwork;
      return holder;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "unauthenticated") throw error;
      // Counted after the look-up, so that a neighbour's wrong tokens never shut out a right one behind the same address.
      const waitSeconds = failures.take(networkOf(origin.ip));
      throw waitSeconds > 0 ? new TooManyFailures("Too many requests came without a valid token.", waitSeconds) : error;
    }
  }

  function cachedHolder(token: string): Promise<TokenHolder> {
    const now = clock();
    const key = createHash("sha256").update(token).digest("base64");
    const known = cache.get(key);
    if (known && now < known.until) return known.holder;
    const holder = authenticateToken(platform, token);
    cache.delete(key);
    cache.set(key, { holder, until: now + cachedMs });
    if (cache.size > cachedMax) for (const oldest of cache.keys()) if (cache.delete(oldest)) break;
    // A failure of the database is no verdict on the token; and a token made a moment ago must work at once.
    holder.catch(() => cache.delete(key));
    return holder;
  }

  async function touch(): Promise<void> {
    const uses = [...used.values()];
    used.clear();
    await tokens
      .touch(platform.store.platform, { uses, at: platform.now() })
      .catch((error: unknown) => platform.log.warn({ error: String(error) }, "the last use of tokens was not written"));
  }
}
