import { readRetryAfterMs } from "./backoff.ts";
import type { ProblemCode, Receipt } from "./receipt.ts";

/** What the server's answer means for the batch that was sent. */
export type Verdict =
  /** Each event has its own result. */
  | { kind: "settled"; receipts: Receipt[] }
  /** The request as a whole is not liked; smaller ones show which event it is, and a single one is refused. */
  | { kind: "split"; code: string; message: string }
  /** Later it may work. */
  | { kind: "again"; code: ProblemCode; message: string; afterMs?: number; /** The batch may be too much for the line. */ smaller?: true }
  /** It will not work until somebody changes something; the events are kept. */
  | { kind: "stuck"; code: ProblemCode; message: string };

export interface Answer {
  status: number;
  retryAfter: string | null;
  text: string;
}

interface Body {
  results?: unknown;
  code?: unknown;
  detail?: unknown;
}

/** `keys` are those of the events sent, in their order. */
export function judge({ status, retryAfter, text }: Answer, keys: readonly string[], nowMs: number): Verdict {
  const body = readBody(text);
  const said = typeof body.detail === "string" ? ` It says: ${body.detail.slice(0, wordsMax)}` : "";
  switch (status) {
    case 200:
    case 207:
    case 409:
    case 422: {
      const receipts = readReceipts(body.results, keys);
      if (receipts) return { kind: "settled", receipts };
      if (status === 422 && typeof body.code === "string") return { kind: "split", code: body.code, message: `Daybook refused the event.${said}` };
      // Half an answer comes from a connection that broke; a whole one of another kind, from another server. Both may pass.
      return { kind: "again", code: "not_accepted", message: `What answers with status ${status} does not speak as Daybook does: check \`url\`.${said}` };
    }
    case 400:
      if (typeof body.code === "string") return { kind: "split", code: body.code, message: `Daybook could not read the event.${said}` };
      break;
    case 413:
      return { kind: "split", code: "event_too_large", message: `The event is larger than the server or a proxy before it takes.${said}` };
    case 401:
      return { kind: "stuck", code: "not_accepted", message: `Daybook does not know the token: it is wrong, expired or revoked.${said}` };
    case 403:
      return { kind: "stuck", code: "not_accepted", message: `The token may not write events from here.${said}` };
    case 408:
    case 429:
      return again(`Daybook asks to come back later (status ${status}).${said}`, retryAfter, nowMs);
  }
  if (status >= 500) return again(`Daybook is not available (status ${status}).${said}`, retryAfter, nowMs);
  const redirect = status === 0 || (status >= 300 && status < 400) ? " It redirects, which is not followed: name the final address in `url`." : "";
  return {
    kind: "stuck",
    code: "not_accepted",
    message: `\`url\` answers with status ${status}, as Daybook never does to a batch of events.${redirect}${said}`,
  };
}

/** Characters of the server's words that are repeated. */
const wordsMax = 500;

function again(message: string, retryAfter: string | null, nowMs: number): Verdict {
  const afterMs = readRetryAfterMs(retryAfter, nowMs);
  return { kind: "again", code: "unreachable", message, ...(afterMs !== undefined && { afterMs }) };
}

function readBody(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Undefined unless there is exactly one whole result for every event: half an answer acknowledges nothing. */
function readReceipts(results: unknown, keys: readonly string[]): Receipt[] | undefined {
  if (!Array.isArray(results) || results.length !== keys.length) return undefined;
  const receipts: (Receipt | undefined)[] = keys.map(() => undefined);
  for (const result of results as unknown[]) {
    const index = (result as { index?: unknown } | null)?.index;
    const key = typeof index === "number" ? keys[index] : undefined;
    if (key === undefined || receipts[index as number]) return undefined;
    receipts[index as number] = readReceipt(result as Record<string, unknown>, key);
  }
  return receipts.every((receipt) => receipt !== undefined) ? receipts : undefined;
}

function readReceipt({ status, id, seq, error }: Record<string, unknown>, idempotencyKey: string): Receipt | undefined {
  if (status === "created" && typeof id === "string" && typeof seq === "number") return { status, idempotencyKey, id, seq };
  if (status === "duplicate" && typeof id === "string") return { status, idempotencyKey, id };
  if (status !== "refused" || typeof error !== "object" || error === null) return undefined;
  const { code, message, path } = error as { code?: unknown; message?: unknown; path?: unknown };
  return { status, idempotencyKey, code: String(code), message: String(message).slice(0, wordsMax), ...(typeof path === "string" && { path }) };
}
