import type { Daybook } from "../client.ts";
import { firstOf, requestDefaults } from "./request-defaults.ts";
import type { RequestOptions } from "./request-defaults.ts";

/** As much of Express's request as is read here. `ip` obeys the app's `trust proxy`. */
export interface ExpressRequest {
  headers: Record<string, string | string[] | undefined>;
  ip?: string | undefined;
}

/** Everything logged while the request is handled knows its id, address, user agent and, by `defaults`, its actor. */
export function daybookExpress<Request extends ExpressRequest>(daybook: Daybook, options: RequestOptions<Request> = {}) {
  return (request: Request, _response: unknown, next: () => void): void => {
    const { headers } = request;
    const facts = { requestId: firstOf(headers["x-request-id"]), ip: request.ip, userAgent: firstOf(headers["user-agent"]) };
    daybook.runWith(requestDefaults(request, facts, options), next);
  };
}
