import type { TestApi } from "../test-api.ts";
import type { Credentials } from "./cast.ts";

/** One cell's answer: its status, and its words with what differs by chance taken out. */
export interface Answer {
  status: number;
  words: string;
}

interface Asking {
  credentials: Credentials;
  organizationId: string;
}

/** Who sees no event of the log hears nothing for so long; a refusal under load came after more than 150 ms. */
const streamWaitMs = 2_000;

export async function askProcedure(
  api: TestApi,
  { path, type, input }: { path: string; type: "query" | "mutation" | "subscription"; input: unknown },
  { credentials, organizationId }: Asking,
): Promise<Answer> {
  const text = encodeURIComponent(JSON.stringify(input ?? {}));
  const query = input === undefined ? "" : `?input=${text}`;
  if (type === "subscription") return askStream(api, `/trpc/${path}?input=${text}`, { credentials, organizationId });
  const { statusCode, body } = await api.app.inject({
    method: type === "mutation" ? "POST" : "GET",
    url: type === "mutation" ? `/trpc/${path}` : `/trpc/${path}${query}`,
    headers: { ...headersOf(credentials), "x-daybook-organization": organizationId, ...(type === "mutation" && { "content-type": "application/json" }) },
    ...(type === "mutation" && { payload: JSON.stringify(input ?? {}) }),
  });
  return { status: statusCode, words: withoutChance(body) };
}

export async function askRoute(
  api: TestApi,
  { method, url, body, contentType, headers }: { method: string; url: string; body?: unknown; contentType?: string; headers?: Record<string, string> },
  credentials: Credentials,
): Promise<Answer> {
  const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const answer = await api.app.inject({
    method: method as "GET",
    url,
    headers: { ...headersOf(credentials), ...(payload !== undefined && { "content-type": contentType ?? "application/json" }), ...headers },
    ...(payload !== undefined && { payload }),
  });
  return { status: answer.statusCode, words: withoutChance(answer.body) };
}

/** A stream says what is wrong in its first events; when all is well an event of the log comes, or nothing. */
async function askStream(api: TestApi, path: string, { credentials, organizationId }: Asking): Promise<Answer> {
  const connection = encodeURIComponent(JSON.stringify({ organization: organizationId }));
  const leave = new AbortController();
  const response = await fetch(`${api.url}${path}&connectionParams=${connection}`, {
    headers: { ...headersOf(credentials), accept: "text/event-stream" },
    signal: leave.signal,
  });
  let said = "";
  const timer = setTimeout(() => leave.abort(), streamWaitMs);
  try {
    for await (const chunk of response.body ?? []) {
      said += Buffer.from(chunk as Uint8Array).toString();
      if ((said.includes("serialized-error") || /^id: ?\d/m.test(said)) && said.endsWith("\n\n")) break;
    }
  } catch {
    // Left after a while without an error: the stream is open.
  } finally {
    clearTimeout(timer);
    leave.abort();
  }
  const code = /"code":"(unauthenticated|forbidden|not_found)"/.exec(said)?.[1];
  const status = said.includes("serialized-error") ? (statusOf[code ?? ""] ?? 500) : response.status;
  return { status, words: withoutChance(said) };
}

const statusOf: Record<string, number> = { unauthenticated: 401, forbidden: 403, not_found: 404 };

let asked = 0;
/** Each request comes from an address of its own, so that limits by address, which have tests of their own, stay out of the way. */
function nextAddress(): string {
  asked += 1;
  return `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
}

const headersOf = ({ cookie, bearer }: Credentials): Record<string, string> => ({
  "x-forwarded-for": nextAddress(),
  ...(cookie !== undefined && { cookie }),
  ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
});

/** Ids of requests differ from answer to answer, and paths of files do not belong here. */
const withoutChance = (body: string): string => body.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>");
