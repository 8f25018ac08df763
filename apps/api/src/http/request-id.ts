import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const pattern = /^[\w.-]{1,64}$/;

/** A proxy's id is kept when it is harmless in logs and events. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && pattern.test(given) ? given : randomUUID();
}
