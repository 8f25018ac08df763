import type { AuditEvent } from "@daybook/event";
import { logOf } from "./test-api.ts";
import type { TestApi } from "./test-api.ts";

export interface AuthCall {
  cookie?: string;
  headers?: Record<string, string>;
}

/** A POST to one of the front door's own addresses. */
export async function post(api: TestApi, path: string, body: unknown, { cookie, headers = {} }: AuthCall = {}) {
  const response = await fetch(`${api.url}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie && { cookie }), ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text ? JSON.parse(text) : null) as Record<string, unknown>,
    cookies,
    cookie: cookies.map((each) => each.split(";", 1)[0]).join("; "),
  };
}

let address = 0;
/** Each call from a network of its own, so that only what is meant to be counted is. */
export const elsewhere = () => ({ "x-forwarded-for": `203.0.113.${(address += 1) % 250}`, "user-agent": "test browser" });

export const lastOf = async (api: TestApi, organizationId: string, action: string): Promise<AuditEvent | undefined> =>
  (await logOf(api, organizationId)).findLast((event) => event.action === action);
