import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * Sends an answer with a tag of what it holds, or 304 when the client holds the same. The log only grows at its end, so a page that was asked for again is
 * mostly the same but for the instant until which it is complete; that instant is no part of the tag and stands in a header of both answers. Tags are compared weakly (RFC 9110, 13.1.2).
 */
export function sendUnlessUnchanged(request: FastifyRequest, reply: FastifyReply, answer: { complete_until: string | null }): FastifyReply {
  const { complete_until: completeUntil, ...held } = answer;
  const tag = `"${createHash("sha256")
    .update(JSON.stringify([held, completeUntil === null]))
    .digest("base64url")}"`;
  reply.header("etag", `W/${tag}`).header("cache-control", "private, no-cache");
  if (completeUntil !== null) reply.header("daybook-complete-until", completeUntil);
  const isHeld = (request.headers["if-none-match"] ?? "").split(",").some((each) => [tag, "*"].includes(each.trim().replace(/^W\//, "")));
  return isHeld ? reply.code(304).send() : reply.send(answer);
}
