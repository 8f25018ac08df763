import { TRPCClientError } from "@trpc/client";

/** What a person needs of a failed request: a sentence, a code a program can switch on, and the id to hand to an operator. */
export interface ApiError {
  message: string;
  code: string;
  httpStatus: number;
  requestId: string | null;
}

interface ErrorData {
  code?: unknown;
  httpStatus?: unknown;
  requestId?: unknown;
  refusal?: { code?: unknown; message?: unknown } | null;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

export function readApiError(error: unknown): ApiError {
  if (!(error instanceof TRPCClientError)) {
    return { message: error instanceof Error ? error.message : "Something went wrong.", code: "unknown", httpStatus: 0, requestId: null };
  }
  const data: ErrorData = error.data ?? {};
  const requestId = text(data.requestId);
  const refusal = data.refusal;
  if (refusal) return { message: text(refusal.message) ?? error.message, code: text(refusal.code) ?? "refused", httpStatus: status(data), requestId };
  if (status(data) === 0) return { message: "The server cannot be reached.", code: "offline", httpStatus: 0, requestId };
  if (status(data) >= 500) return { message: "The server could not answer this request.", code: "internal", httpStatus: status(data), requestId };
  return { message: error.message, code: text(data.code) ?? "refused", httpStatus: status(data), requestId };
}

/** 0 stands for a request that never reached the server, which is worth a retry like a 5xx. */
export function errorHttpStatus(error: unknown): number {
  const found = readApiError(error).httpStatus;
  return found === 0 ? 503 : found;
}

/** For a `refetchInterval`: what was refused is not asked again by itself, because every denial is an event in the log of whoever refused. */
export const unlessRefused = (error: unknown, ms: number | false): number | false => (error && errorHttpStatus(error) < 500 ? false : ms);

function status(data: ErrorData): number {
  return typeof data.httpStatus === "number" ? data.httpStatus : 0;
}
