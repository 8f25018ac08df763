import { OutboundFailure } from "@daybook/outbound";
import type { SingleSignOnProblem } from "@daybook/policy";
import { AuthorizationResponseError } from "openid-client";

const causesMax = 5;
/** Answers of a provider to a client that it does not know, or knows otherwise (RFC 6749, section 5.2). */
const clientFaults = new Set(["invalid_client", "unauthorized_client", "invalid_scope", "unsupported_response_type", "redirect_uri_mismatch"]);

/** What a person is told of a sign-in that failed at the provider. Its own words stay behind: they are written for nobody. */
export function problemOf(error: unknown): SingleSignOnProblem {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < causesMax; cause = cause.cause, depth += 1) {
    if (cause instanceof OutboundFailure) return "unreachable";
    const code = "error" in cause && typeof cause.error === "string" ? cause.error : null;
    if (code !== null && clientFaults.has(code)) return "misconfigured";
    if (cause instanceof AuthorizationResponseError) return "denied_by_provider";
  }
  return "bad_answer";
}
