import { Refusal, refusalCodes } from "@daybook/event";
import type { RefusalCode } from "@daybook/event";
import { isConnectionError, textOf } from "@daybook/store";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { errorsPath } from "../docs/errors-page.ts";
import { TooMany } from "./limiter.ts";

/** Problem details after RFC 9457. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: RefusalCode | "internal_error";
  /** Dotted path of the offending field, where there is one. */
  path?: string;
  request_id: string;
}

export const problemType = "application/problem+json; charset=utf-8";
const retryAfterSeconds = 1;

export function problemOf(
  refusal: Pick<Refusal, "code" | "message" | "path">,
  requestId: string,
  status: number = refusalCodes[refusal.code].http,
): ProblemDetails {
  return {
    type: `${errorsPath}#${refusal.code}`,
    title: refusalCodes[refusal.code].meaning,
    status,
    detail: refusal.message,
    code: refusal.code,
    ...(refusal.path !== undefined && { path: refusal.path }),
    request_id: requestId,
  };
}

/** Every error of every plain route ends here. What is no refusal is told by its request id alone; its text goes to the log. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (!refusal) {
    request.log.error({ error: textOf(error) }, "an answer failed");
    return reply.code(500).type(problemType).send(internalProblem(request.id));
  }
  const status = frameworkStatus(error) ?? refusalCodes[refusal.code].http;
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="daybook"');
  if (error instanceof TooMany) void reply.header("retry-after", error.retryAfterSeconds);
  if (status === 503) void reply.header("retry-after", retryAfterSeconds);
  // What is left of a body that was not read to its end would have to be read to keep the connection.
  if (status === 413) void reply.header("connection", "close");
  return reply
    .code(status)
    .type(problemType)
    .send(problemOf(refusal, request.id, status));
}

export function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (isConnectionError(error)) return new Refusal("unavailable", "The database is not reachable right now. Send the same request again.");
  return fromFramework(error);
}

/** The framework's own refusals carry a 4xx status; its codes tell the three that have a code of ours. */
function fromFramework(error: unknown): Refusal | null {
  if (frameworkStatus(error) === null) return null;
  const { code, message, validation } = error as FastifyError;
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return new Refusal("unsupported_media_type", "Send `application/json` or `application/x-ndjson`.");
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new Refusal("batch_too_large", "The body is larger than one request may be.");
  const path = validation?.[0]?.instancePath.slice(1).replaceAll("/", ".");
  const sentence = validation?.[0]?.message ?? message;
  return new Refusal("invalid", path ? `\`${path}\`: ${sentence}` : sentence, path || undefined);
}

function frameworkStatus(error: unknown): number | null {
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  return typeof code === "string" && code.startsWith("FST_") && typeof statusCode === "number" && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}

const internalProblem = (requestId: string): ProblemDetails => ({
  type: errorsPath,
  title: "Something went wrong on the server.",
  status: 500,
  detail: "The server's log has more under this request's id.",
  code: "internal_error",
  request_id: requestId,
});
