import { judge } from "./answer.ts";
import type { Verdict } from "./answer.ts";
import type { Settings } from "./options.ts";
import type { Entry } from "./queue.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Bytes of an answer that are read: 1,000 results with a sentence each are well below. */
const answerBytesMax = 4 * 1_048_576;

const bodyOf = (batch: readonly Entry[]): string => `[${batch.map(({ text }) => text).join(",")}]`;

export const requestOf = (batch: readonly Entry[], { token }: Settings, nowMs: number): RequestInit => ({
  method: "POST",
  headers: {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    // The server compares it with its own clock and keeps the difference with the events.
    "daybook-sent-at": new Date(nowMs).toISOString(),
  },
  body: bodyOf(batch),
  // Following would repeat the token to whoever the answer names.
  redirect: "manual",
});

/** One request, one verdict; a network fault is a verdict like any other. */
export async function exchange(
  batch: readonly Entry[],
  settings: Settings,
  world: { fetch: Fetch; nowMs: () => number; abort: AbortController },
): Promise<Verdict> {
  const timer = setTimeout(() => world.abort.abort(new Error("no answer in time")), settings.timeoutMs);
  try {
    const response = await world.fetch(settings.endpoint, { ...requestOf(batch, settings, world.nowMs()), signal: world.abort.signal });
    const answer = { status: response.status, retryAfter: response.headers.get("retry-after"), text: await readText(response) };
    return judge(
      answer,
      batch.map(({ key }) => key),
      world.nowMs(),
    );
  } catch (error) {
    return { kind: "again", code: "unreachable", message: `Daybook cannot be reached at ${settings.endpoint} (${faultOf(error)}).`, smaller: true };
  } finally {
    clearTimeout(timer);
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > answerBytesMax) {
      await reader.cancel();
      return "";
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The system's own name for the fault, such as ECONNREFUSED, stands in the cause. */
function faultOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string } };
  return cause?.code ?? message ?? "unknown fault";
}
