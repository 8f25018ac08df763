import { setTimeout as pause } from "node:timers/promises";
import { recordFailedSignIn } from "@daybook/services";
import type { FailedSignIn, Platform } from "@daybook/services";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { networkOf, openLimiter, TooMany } from "../http/limiter.ts";
import { requestOrigin } from "../http/request-origin.ts";
import { headersOf } from "../http/web-headers.ts";
import { demandSameOrigin } from "../http/same-origin.ts";
import type { Auth } from "./session.ts";

const windowMs = 60_000;
const bodyBytesMax = 16_384;
const emailLengthMax = 254;
/** A failed attempt is answered at a multiple of this, so that recording it, which only a known address causes, does not show in its time. */
const failureStepMs = 250;

export interface AuthRoutesOptions {
  platform: Platform;
  auth: Auth;
  trustedOrigins: ReadonlySet<string>;
  signInsPerMinute: number;
}

/** The two endpoints of the library that the console uses. Its others change things without an event, or tell more than they need, and stay closed. */
export function authRoutes({ platform, auth, trustedOrigins, signInsPerMinute }: AuthRoutesOptions) {
  const limiter = openLimiter({ max: signInsPerMinute, windowMs });

  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", { parseAs: "string", bodyLimit: bodyBytesMax }, (_request, body, done) => done(null, body));
    app.post("/api/auth/sign-out", async (request, reply) => {
      demandSameOrigin(request.headers, trustedOrigins);
      return reply.send(await call(request));
    });
    app.post("/api/auth/sign-in/email", signIn);
  };

  async function signIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const begunAt = performance.now();
    demandSameOrigin(request.headers, trustedOrigins);
    const email = emailIn(request.body);
    const failed = async (reason: NonNullable<FailedSignIn["reason"]>) => {
      if (email !== null) await recordFailedSignIn(platform, { email, request: requestOrigin(request), reason });
      await pause(failureStepMs - ((performance.now() - begunAt) % failureStepMs));
    };
    const waitSeconds = limiter.take(networkOf(request.ip));
    if (waitSeconds > 0) {
      await failed("rate_limited");
      throw new TooMany("Too many attempts to sign in.", waitSeconds);
    }
    const response = await call(request);
    if (response.status === 401) await failed("wrong_password");
    if (response.status !== 200) return reply.send(response);
    // The library's own answer names the session's token, which scripts of the page have no need of.
    for (const cookie of response.headers.getSetCookie()) void reply.header("set-cookie", cookie);
    return reply.send({ success: true });
  }

  function call(request: FastifyRequest): Promise<Response> {
    const body = typeof request.body === "string" ? request.body : null;
    const headers = headersOf(request.headers);
    return auth.handle(new Request(new URL(request.url, platform.origin), { method: request.method, headers, body }), requestOrigin(request));
  }
}

function emailIn(body: unknown): string | null {
  try {
    const { email } = JSON.parse(String(body)) as { email?: unknown };
    return typeof email === "string" && email.length <= emailLengthMax ? email : null;
  } catch {
    return null;
  }
}
