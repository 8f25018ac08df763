import type { Daybook } from "../client.ts";
import { requestDefaults } from "./request-defaults.ts";
import type { RequestOptions } from "./request-defaults.ts";

/** As much of Hono's context as is read here. */
export interface HonoContext {
  req: { header(name: string): string | undefined };
}

export interface HonoOptions<Context> extends RequestOptions<Context> {
  /** The client's address. Hono runs on many servers and knows it on none: on Node it is `getConnInfo(c).remote.address`. */
  ip?: (context: Context) => string | undefined;
}

/** Everything logged while the request is handled knows its id, address, user agent and, by `defaults`, its actor. */
export function daybookHono<Context extends HonoContext>(daybook: Daybook, options: HonoOptions<Context> = {}) {
  return (context: Context, next: () => Promise<void>): Promise<void> => {
    const facts = { requestId: context.req.header("x-request-id"), ip: ipOf(context, options), userAgent: context.req.header("user-agent") };
    return daybook.runWith(requestDefaults(context, facts, options), next);
  };
}

/** `getConnInfo` throws where there is no connection, as in tests; that is no reason to refuse a request. */
function ipOf<Context>(context: Context, { ip }: HonoOptions<Context>): string | undefined {
  try {
    return ip?.(context);
  } catch {
    return undefined;
  }
}
