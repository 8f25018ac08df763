import { answerBytesMax } from "@daybook/outbound";
import type { HttpDoor } from "@daybook/outbound";
import type { CustomFetch } from "openid-client";

const withoutBody = new Set([204, 205, 304]);

/** The library's way out: every address that a provider names goes through the guarded door. */
export const doorFetch =
  (http: HttpDoor): CustomFetch =>
  async (url, { method, headers, body, signal }) => {
    const answer = await http.ask(url, {
      method: method === "POST" ? "POST" : "GET",
      headers: Object.fromEntries(new Headers(headers)),
      ...(body !== undefined && body !== null && { body: textOf(body) }),
      bytesMax: answerBytesMax,
      signal,
    });
    return new Response(withoutBody.has(answer.status) ? null : Buffer.from(answer.body), { status: answer.status, headers: { ...answer.headers } });
  };

function textOf(body: unknown): string {
  if (typeof body === "string" || body instanceof URLSearchParams) return String(body);
  throw new Error("the library sends forms alone");
}
