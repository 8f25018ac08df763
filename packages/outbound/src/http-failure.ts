import { OutboundFailure } from "./outbound-failure.ts";
import type { OutboundCode } from "./outbound-failure.ts";

const codeOf: Record<string, OutboundCode> = {
  UND_ERR_CONNECT_TIMEOUT: "timed_out",
  UND_ERR_HEADERS_TIMEOUT: "timed_out",
  UND_ERR_BODY_TIMEOUT: "timed_out",
  ETIMEDOUT: "timed_out",
  UND_ERR_HEADERS_OVERFLOW: "answer_too_large",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "answer_too_large",
  UND_ERR_SOCKET: "answer_broken",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "answer_broken",
  UND_ERR_INVALID_ARG: "url_invalid",
};

/** What went wrong, as one of our codes: the text of the error may name addresses, or what the server said. */
export function failureOf(error: unknown): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const { code = "", cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (cause instanceof OutboundFailure) return cause;
  const name = String(code);
  if (isOfTls(name)) return new OutboundFailure("tls_failed");
  return new OutboundFailure(codeOf[name] ?? (name.startsWith("HPE_") ? "answer_broken" : "connection_failed"));
}

const isOfTls = (name: string): boolean => /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/.test(name);
