import { createHash, timingSafeEqual } from "node:crypto";
import { Refusal } from "@daybook/event";
import type { FastifyRequest } from "fastify";
import { networkOf, openLimiter, TooManyFailures } from "../../http/limiter.ts";
import { bearerToken } from "../gate/authenticate.ts";

const failuresPerMinuteMax = 20;
const windowMs = 60_000;

/**
 * Whoever runs this Daybook proves it with the one token of its settings. Without that setting there is no operator's API at all: the answer is
 * that of any address where nothing is.
 */
export function openOperatorGate(token: string | undefined): (request: FastifyRequest) => void {
  const expected = token === undefined ? null : digest(token);
  const failures = openLimiter({ max: failuresPerMinuteMax, windowMs });
  return (request) => {
    if (expected === null) throw new Refusal("not_found", "There is nothing at this address.");
    if (timingSafeEqual(digest(bearerToken(request)), expected)) return;
    const waitSeconds = failures.take(networkOf(request.ip));
    if (waitSeconds > 0) throw new TooManyFailures("Too many requests came without the operator's token.", waitSeconds);
    throw new Refusal("unauthenticated", "The operator's token is missing or wrong. It is the setting `DAYBOOK_OPERATOR_TOKEN` of the server.");
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
