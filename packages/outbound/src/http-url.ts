import { OutboundFailure } from "./outbound-failure.ts";

const hostLengthMax = 253;
const urlLengthMax = 2_048;
const ports: Record<string, readonly number[]> = { "https:": [443, 8443], "http:": [80, 8080] };
const defaultPorts: Record<string, number> = { "https:": 443, "http:": 80 };

export interface Destination {
  url: URL;
  /** A name, or an address without brackets. */
  host: string;
  port: number;
  isAddress: boolean;
  /** Whether the port is one that every destination may use; others are for networks that the operator opened. */
  isUsualPort: boolean;
}

/** What an address says before anybody is asked where it leads. */
export function parseDestination(text: string, { plainHttp, morePorts = [] }: { plainHttp: boolean; morePorts?: readonly number[] }): Destination {
  if (text.length > urlLengthMax || /[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) throw new OutboundFailure("url_invalid");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(plainHttp && url.protocol === "http:")) throw new OutboundFailure("scheme_not_allowed");
  if (url.username !== "" || url.password !== "" || authorityOf(text).includes("@")) throw new OutboundFailure("url_with_credentials");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (host === "" || host.length > hostLengthMax || host.endsWith(".")) throw new OutboundFailure("url_invalid");
  const port = url.port === "" ? (defaultPorts[url.protocol] ?? 0) : Number(url.port);
  return {
    url,
    host,
    port,
    isAddress: url.hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(host),
    isUsualPort: [...(ports[url.protocol] ?? []), ...morePorts].includes(port),
  };
}

/** `https://@host` names an empty user, which the parsed address no longer shows. */
const authorityOf = (text: string): string => /^[^:]+:\/*([^/?#]*)/.exec(text)?.[1] ?? "";
