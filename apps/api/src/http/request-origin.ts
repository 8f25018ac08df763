import type { EventContext } from "@daybook/event";
import type { FastifyRequest } from "fastify";

const userAgentLengthMax = 512;

/** Where a request came from, as an event tells it. */
export function requestOrigin(request: FastifyRequest): EventContext & { ip: string } {
  const userAgent = request.headers["user-agent"]?.slice(0, userAgentLengthMax);
  return { ip: request.ip, ...(userAgent && { user_agent: userAgent }), request_id: request.id };
}
