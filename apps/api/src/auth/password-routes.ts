import { createHash } from "node:crypto";
import { completePasswordReset, newPassword, requestPasswordReset } from "@daybook/services";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { networkOf, openLimiter, TooMany } from "../http/limiter.ts";
import { requestOrigin } from "../http/request-origin.ts";
import type { AuthRoutesOptions } from "./auth-routes.ts";
import { readBody } from "./read-body.ts";
import { untilNextStep } from "./same-time.ts";

const windowMs = 60_000;
const addressWindowMs = 15 * 60_000;
/** Mails that one address gets in a window. */
const mailsPerAddressMax = 3;
const emailLengthMax = 254;
const tokenLengthMax = 128;

const forgotBody = z.object({ email: z.email("is not an e-mail address").max(emailLengthMax) });
const resetBody = z.object({ token: z.string().max(tokenLengthMax), password: newPassword });

/** A forgotten password: a mail with a link, and the new password behind it. Both answer alike whoever asks for whom. */
export function passwordRoutes(app: FastifyInstance, { platform, auth, signInsPerMinute }: AuthRoutesOptions): void {
  const now = () => platform.now().getTime();
  const byNetwork = openLimiter({ max: signInsPerMinute, windowMs, now });
  const byAddress = openLimiter({ max: mailsPerAddressMax, windowMs: addressWindowMs, now });

  app.post("/api/auth/password/forgot", async (request, reply) => {
    const begunAt = performance.now();
    const { email } = readBody(forgotBody, request.body);
    refuseOver(byNetwork.take(networkOf(request.ip)));
    refuseOver(byAddress.take(createHash("sha256").update(email.toLowerCase()).digest("base64")));
    await requestPasswordReset(platform, { email, request: requestOrigin(request) });
    await untilNextStep(begunAt);
    return reply.send({ outcome: "sent_if_known" });
  });

  app.post("/api/auth/password/reset", async (request, reply) => {
    const { token, password } = readBody(resetBody, request.body);
    refuseOver(byNetwork.take(networkOf(request.ip)));
    await completePasswordReset(platform, auth.keys, { token, password, request: requestOrigin(request) });
    return reply.send({ outcome: "password_set" });
  });
}

function refuseOver(waitSeconds: number): void {
  if (waitSeconds > 0) throw new TooMany("Too many requests for new passwords.", waitSeconds);
}
