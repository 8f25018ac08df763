/** Everything that a tenant is told when a request could not be made: no banner, no address, no text of the other side. */
export const outboundFailures = {
  url_invalid: "The address is not a complete web address.",
  scheme_not_allowed: "The address must begin with https://.",
  url_with_credentials: "The address must not hold a user name or password.",
  port_not_allowed: "The address names a port that Daybook does not connect to.",
  address_not_allowed: "The address leads into a network that Daybook does not connect to. Whoever runs this Daybook can allow it.",
  name_not_found: "The name in the address was not found.",
  connection_failed: "No connection could be made.",
  tls_failed: "The server's certificate was not accepted.",
  timed_out: "The server took too long to answer.",
  answer_too_large: "The answer was larger than it may be.",
  answer_broken: "The answer ended before it was complete.",
} as const;
export type OutboundCode = keyof typeof outboundFailures;

export class OutboundFailure extends Error {
  override readonly name = "OutboundFailure";
  readonly code: OutboundCode;

  constructor(code: OutboundCode) {
    super(outboundFailures[code]);
    this.code = code;
  }
}
