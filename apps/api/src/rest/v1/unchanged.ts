import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * Sends an answer with a tag of what it holds, or 304 when the client holds the same. The log only grows at its end, so a page that was asked for again is
 * mostly the same but for the instant until which it is complete; that instant is no part of the tag and stands in a header of both answers.
 */
export function sendUnlessUnchanged(request: FastifyRequest, reply: FastifyReply, answer: { complete_until: string | null }): FastifyReply {
  const { complete_until: completeUntil, ...held } = answer;
  const tag = `W/"${createHash("sha256")
    .update(JSON.stringify([held, completeUntil === null]))
    .digest("base64url")}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  if (completeUntil !== null) reply.header("daybook-complete-until", completeUntil);
  const isHeld = (request.headers["if-none-match"] ?? "").split(",").some((each) => each.trim() === tag || each.trim() === "*");
  return isHeld ? reply.code(304).send() : reply.send(answer);
}
