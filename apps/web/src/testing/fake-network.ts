import { fakeAnswer, fakeState } from "./fake-server.ts";
import { FakeNotFound } from "./fake-views.ts";

interface FakeResponse {
  status: number;
  contentType: string;
  body: string;
}

const reply = (status: number, body: unknown): FakeResponse => ({ status, contentType: "application/json", body: JSON.stringify(body) });

/** What the network would have answered to this request of the console; the state comes from a cookie-like flag in the caller's hands. */
export function fakeResponse(state: ReturnType<typeof fakeState>, url: URL, postData: string | null): FakeResponse {
  if (url.pathname.startsWith("/api/auth/")) return reply(url.pathname.endsWith("sign-in/email") ? 401 : 200, {});
  if (url.pathname === "/api/imports") return reply(200, {});
  const path = url.pathname.replace("/trpc/", "");
  if (path === "events.tail") return { status: 200, contentType: "text/event-stream", body: "event: connected\ndata: {}\n\n" };
  const text = postData ?? url.searchParams.get("input");
  try {
    return reply(200, { result: { data: fakeAnswer(state, path, text ? JSON.parse(text) : undefined) } });
  } catch (error) {
    const message = error instanceof Error ? error.message : "failed";
    if (error instanceof FakeNotFound) {
      const refusal = { code: "not_found", message, path: null };
      return reply(404, { error: { message, code: -32004, data: { code: "NOT_FOUND", httpStatus: 404, path, refusal, requestId: "req_fake" } } });
    }
    return reply(500, { error: { message, code: -32603, data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path, requestId: "req_fake" } } });
  }
}
