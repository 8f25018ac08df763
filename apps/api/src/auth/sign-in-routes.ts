import { beginPasskeySignIn, closeSession, recordFailedSignIn, signInWithPasskey, signInWithPassword, signInWithSecondFactor } from "@daybook/services";
import type { SignInOutcome } from "@daybook/services";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { networkOf, openLimiter, TooMany } from "../http/limiter.ts";
import { requestOrigin } from "../http/request-origin.ts";
import { headersOf } from "../http/web-headers.ts";
import type { AuthRoutesOptions } from "./auth-routes.ts";
import { readBody } from "./read-body.ts";
import { untilNextStep } from "./same-time.ts";
import { openStepCookie } from "./step-cookie.ts";

const windowMs = 60_000;
const emailLengthMax = 254;
const passwordLengthMax = 1_024;
const codeLengthMax = 64;

const passwordBody = z.object({ email: z.email("is not an e-mail address").max(emailLengthMax), password: z.string().max(passwordLengthMax) });
const secondFactorBody = z.union([z.object({ code: z.string().max(codeLengthMax) }), z.object({ recoveryCode: z.string().max(codeLengthMax) })]);
const passkeyBody = z.object({ response: z.record(z.string(), z.unknown()) });

/** What the browser is told. The session itself travels in a cookie that scripts cannot read. */
export type SignInAnswer =
  | { outcome: "signed_in"; failed: { count: number; lastAt: string } | null }
  | { outcome: "second_factor" | "refused" | "start_again" }
  | { outcome: "locked"; seconds: number };

const statusOf: Record<SignInOutcome["kind"], number> = { signed_in: 200, second_factor: 200, refused: 401, start_again: 401, locked: 429 };

/** Signing in and out. Each way in is bounded a minute and network, and by the lock of the address. */
export function signInRoutes(app: FastifyInstance, { platform, auth, signInsPerMinute }: AuthRoutesOptions): void {
  const secure = platform.origin.startsWith("https://");
  const secondFactor = openStepCookie("second-factor", { secure });
  const passkey = openStepCookie("passkey", { secure });
  const limiter = openLimiter({ max: signInsPerMinute, windowMs });
  const challenges = openLimiter({ max: signInsPerMinute, windowMs });

  app.post("/api/auth/sign-in/email", async (request, reply) => {
    const begunAt = performance.now();
    const { email, password } = readBody(passwordBody, request.body);
    await bound(request, begunAt, email);
    return answer(reply, begunAt, await signInWithPassword(platform, auth.keys, { email, password, request: requestOrigin(request) }));
  });

  app.post("/api/auth/sign-in/second-factor", async (request, reply) => {
    const begunAt = performance.now();
    const shown = readBody(secondFactorBody, request.body);
    await bound(request, begunAt);
    return answer(reply, begunAt, await signInWithSecondFactor(platform, { token: secondFactor.read(request), shown, request: requestOrigin(request) }));
  });

  app.post("/api/auth/sign-in/passkey/options", async (request, reply) => {
    refuseOver(challenges.take(networkOf(request.ip)));
    const { options, step } = await beginPasskeySignIn(platform, auth.keys);
    return reply.header("set-cookie", passkey.write(step)).send(options);
  });

  app.post("/api/auth/sign-in/passkey", async (request, reply) => {
    const begunAt = performance.now();
    const { response } = readBody(passkeyBody, request.body);
    await bound(request, begunAt);
    void reply.header("set-cookie", passkey.forget);
    return answer(reply, begunAt, await signInWithPasskey(platform, auth.keys, { token: passkey.read(request), response, request: requestOrigin(request) }));
  });

  app.post("/api/auth/sign-out", async (request, reply) => {
    const found = await auth.session(headersOf(request.headers));
    if (found) await closeSession(platform, { person: found.session.person, sessionId: found.session.id, request: requestOrigin(request) });
    for (const cookie of await auth.forgottenCookies()) void reply.header("set-cookie", cookie);
    return reply.send({ outcome: "signed_out" });
  });

  async function bound(request: FastifyRequest, begunAt: number, email?: string): Promise<void> {
    const waitSeconds = limiter.take(networkOf(request.ip));
    if (waitSeconds === 0) return;
    if (email !== undefined) await recordFailedSignIn(platform, { email, request: requestOrigin(request), reason: "rate_limited" });
    await untilNextStep(begunAt);
    refuseOver(waitSeconds);
  }

  async function answer(reply: FastifyReply, begunAt: number, outcome: SignInOutcome): Promise<FastifyReply> {
    if (outcome.kind === "signed_in") {
      for (const cookie of [...(await auth.cookiesFor(outcome.session)), secondFactor.forget]) void reply.header("set-cookie", cookie);
    } else if (outcome.kind === "second_factor") {
      void reply.header("set-cookie", secondFactor.write(outcome.step));
    } else {
      await untilNextStep(begunAt);
    }
    if (outcome.kind === "locked") void reply.header("retry-after", outcome.seconds);
    return reply.code(statusOf[outcome.kind]).send(answerOf(outcome));
  }
}

function answerOf(outcome: SignInOutcome): SignInAnswer {
  switch (outcome.kind) {
    case "signed_in": {
      const { count, lastAt } = outcome.session.failed;
      return { outcome: outcome.kind, failed: lastAt === null ? null : { count, lastAt: lastAt.toISOString() } };
    }
    case "locked":
      return { outcome: outcome.kind, seconds: outcome.seconds };
    case "second_factor":
    case "refused":
    case "start_again":
      return { outcome: outcome.kind };
  }
}

function refuseOver(waitSeconds: number): void {
  if (waitSeconds > 0) throw new TooMany("Too many attempts to sign in.", waitSeconds);
}
