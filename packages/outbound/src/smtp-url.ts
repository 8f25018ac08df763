/** Where mail goes out, and how far the wire is trusted. */
export interface SmtpServer {
  host: string;
  port: number;
  credentials: { user: string; pass: string } | null;
  tls: TlsPolicy;
}

/**
 * `implicit` speaks TLS from the first byte and `required` after STARTTLS, both with a valid certificate; `opportunistic` takes
 * whatever TLS the server has, verified or not, because it would send in clear text as well (RFC 7435); `off` never asks.
 */
const tlsPolicies = ["implicit", "required", "opportunistic", "off"] as const;
export type TlsPolicy = (typeof tlsPolicies)[number];

/** `smtp://user:password@host:587` or `smtps://…`, with `?tls=required|opportunistic|off`. What is wrong is said without repeating the address, which holds a password. */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = parse(text);
  const user = decode(url.username);
  const credentials = user === "" ? null : { user, pass: decode(url.password) };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? defaultPort(url.protocol, credentials !== null) : Number(url.port),
    credentials,
    tls: tlsPolicyOf(url, credentials !== null),
  };
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") {
    throw new Error("SMTP_URL must look like smtp://host:port or smtps://user:password@host (special characters percent-encoded)");
  }
  const unknown = [...url.searchParams.keys()].find((name) => name !== "tls");
  if (unknown !== undefined) throw new Error("SMTP_URL takes one parameter, `tls`");
  return url;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error("SMTP_URL holds a `%` that is not percent-encoding; write it as %25");
  }
}

/** Submission (587) for those who sign in, relay (25) for those who do not. */
const defaultPort = (protocol: string, signsIn: boolean): number => (protocol === "smtps:" ? 465 : signsIn ? 587 : 25);

function tlsPolicyOf(url: URL, signsIn: boolean): TlsPolicy {
  const wish = url.searchParams.get("tls");
  if (url.protocol === "smtps:") {
    if (wish !== null && wish !== "implicit") throw new Error("SMTP_URL: smtps:// is TLS from the first byte; `tls` applies to smtp:// only");
    return "implicit";
  }
  if (wish === null) return signsIn && !isLoopback(url.hostname) ? "required" : "opportunistic";
  const policy = tlsPolicies.find((one) => one === wish && one !== "implicit");
  if (policy === undefined) throw new Error("SMTP_URL: `tls` is required, opportunistic or off");
  return policy;
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
