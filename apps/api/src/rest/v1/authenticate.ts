import { createHash } from "node:crypto";
import { Refusal } from "@daybook/event";
import { authenticateToken } from "@daybook/services";
import type { Context, Platform, TokenHolder } from "@daybook/services";
import { tokens } from "@daybook/store";
import type { FastifyRequest } from "fastify";
import { networkOf, openLimiter, TooMany } from "../../http/limiter.ts";
import { requestOrigin } from "../../http/request-origin.ts";

/** A revoked token works for no longer than this. */
const cachedMs = 2_000;
const cachedMax = 10_000;
const touchEveryMs = 5_000;
const minuteMs = 60_000;
const failuresPerMinuteMax = 60;
const bearer = /^Bearer +([\x21-\x7e]{1,256})$/i;

/** Whoever holds the token of a request. */
export interface Caller {
  context: Context;
  retentionDays: number | null;
}

export interface Authenticator {
  authenticate(request: FastifyRequest): Promise<Caller>;
  /** Writes down the last uses that are still in memory. */
  close(): Promise<void>;
}

export function openAuthenticator(platform: Platform, { requestsPerMinute }: { requestsPerMinute: number }): Authenticator {
  const cache = new Map<string, { holder: Promise<TokenHolder>; until: number }>();
  const used = new Set<string>();
  const failures = openLimiter({ max: failuresPerMinuteMax, windowMs: minuteMs });
  const requests = openLimiter({ max: requestsPerMinute, windowMs: minuteMs });
  const timer = setInterval(() => void touch(), touchEveryMs).unref();

  return {
    async authenticate(request) {
      const holder = await holderOf(request);
      const { viewer } = holder.context;
      const tokenId = viewer.kind === "token" ? viewer.tokenId : "";
      const waitSeconds = requests.take(tokenId);
      if (waitSeconds > 0) throw new TooMany("The token has made too many requests.", waitSeconds);
      used.add(tokenId);
      return { context: { ...holder.context, request: requestOrigin(request) }, retentionDays: holder.retentionDays };
    },
    async close() {
      clearInterval(timer);
      await touch();
    },
  };

  async function holderOf(request: FastifyRequest): Promise<TokenHolder> {
    try {
      return await cachedHolder(bearer.exec(request.headers.authorization ?? "")?.[1] ?? "");
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "unauthenticated") throw error;
      // Counted after the look-up, so that a neighbour's wrong tokens never shut out a right one behind the same address.
      const waitSeconds = failures.take(networkOf(request.ip));
      throw waitSeconds > 0 ? new TooMany("Too many requests came without a valid token.", waitSeconds) : error;
    }
  }

  function cachedHolder(token: string): Promise<TokenHolder> {
    const now = performance.now();
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
    const ids = [...used];
    used.clear();
    await tokens
      .touch(platform.store.db, { ids, at: platform.now() })
      .catch((error: unknown) => platform.log.warn({ error: String(error) }, "the last use of tokens was not written"));
  }
}
