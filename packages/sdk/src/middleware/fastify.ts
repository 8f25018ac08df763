import type { Daybook } from "../client.ts";
import { firstOf, requestDefaults } from "./request-defaults.ts";
import type { RequestOptions } from "./request-defaults.ts";

/** As much of Fastify's request as is read here. `ip` obeys the app's `trustProxy`. */
export interface FastifyLikeRequest {
  headers: Record<string, string | string[] | undefined>;
  ip: string;
}

/** As much of Fastify's instance as is used here. */
export interface FastifyLike<Request> {
  addHook(name: "onRequest", hook: (request: Request, reply: unknown, done: () => void) => void): unknown;
}

/** Everything logged while a request is handled knows its id, address, user agent and, by `defaults`, its actor. Call it before routes are added. */
export function daybookFastify<Request extends FastifyLikeRequest>(app: FastifyLike<Request>, daybook: Daybook, options: RequestOptions<Request> = {}): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const { headers, ip } = request;
    const facts = { requestId: firstOf(headers["x-request-id"]), ip, userAgent: firstOf(headers["user-agent"]) };
    daybook.runWith(requestDefaults(request, facts, options), done);
  });
}
