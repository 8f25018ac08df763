import { Refusal, refusalCodes } from "@daybook/event";
import type { RefusalCode } from "@daybook/event";
import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY, TRPCDefaultErrorShape } from "@trpc/server";
import { z } from "zod";
import { asRefusal } from "../http/problem.ts";

/** What the console is told of a refusal. */
export interface ToldRefusal {
  code: RefusalCode;
  message: string;
  path: string | null;
}

const codeByStatus = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  402: "PAYMENT_REQUIRED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
} as const satisfies Record<(typeof refusalCodes)[RefusalCode]["http"], TRPC_ERROR_CODE_KEY>;

export const asTrpcError = (refusal: Refusal): TRPCError =>
  new TRPCError({ code: codeByStatus[refusalCodes[refusal.code].http], message: refusal.message, cause: refusal });

/** The refusal behind an error, if there is one; a lost database is one too, and so is an input that does not fit its schema. */
export function refusalIn(error: TRPCError): Refusal | null {
  const refusal = asRefusal(error.cause);
  if (refusal) return refusal;
  if (!(error.cause instanceof z.ZodError)) return null;
  const issue = error.cause.issues[0];
  const path = issue?.path.map(String).join(".");
  return new Refusal("invalid", path ? `\`${path}\`: ${issue?.message}` : (issue?.message ?? "The request is not valid."), path || undefined);
}

/** Faults of the client that the library finds itself: an unknown procedure, a broken body, a wrong method. */
const clientFaults = new Set<TRPC_ERROR_CODE_KEY>([
  "PARSE_ERROR",
  "BAD_REQUEST",
  "NOT_FOUND",
  "METHOD_NOT_SUPPORTED",
  "UNSUPPORTED_MEDIA_TYPE",
  "PAYLOAD_TOO_LARGE",
  "CLIENT_CLOSED_REQUEST",
]);

export const isOurFault = (error: TRPCError): boolean => refusalIn(error) === null && !clientFaults.has(error.code);

const apology = "Something went wrong on our side. The log of the server has more under the request's id.";

/** Only a refusal's words leave the server; the text of any other error stays in its log. */
export function tellError(shape: TRPCDefaultErrorShape, error: TRPCError, requestId: string | null) {
  const refusal = refusalIn(error);
  const told: ToldRefusal | null = refusal && { code: refusal.code, message: refusal.message, path: refusal.path ?? null };
  const { code, httpStatus, path } = shape.data;
  return {
    ...shape,
    message: isOurFault(error) ? apology : shape.message,
    data: { code, httpStatus, ...(path !== undefined && { path }), refusal: told, requestId },
  };
}
