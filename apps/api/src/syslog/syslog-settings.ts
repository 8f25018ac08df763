import { readFileSync } from "node:fs";
import type { Env } from "../env.ts";
import type { SyslogSettings } from "./serve-syslog.ts";

/** What the environment says of syslog; undefined where it is not wanted. */
export function syslogSettings(env: Env): SyslogSettings | undefined {
  const { DAYBOOK_SYSLOG_PORT: port, DAYBOOK_SYSLOG_TLS_PORT: tlsPort, DAYBOOK_SYSLOG_TLS_CERT: cert, DAYBOOK_SYSLOG_TLS_KEY: key } = env;
  if (port === undefined && tlsPort === undefined) return undefined;
  if (tlsPort !== undefined && (cert === undefined || key === undefined))
    throw new Error("DAYBOOK_SYSLOG_TLS_PORT needs DAYBOOK_SYSLOG_TLS_CERT and DAYBOOK_SYSLOG_TLS_KEY, the files of its certificate and key.");
  return {
    host: env.HOST,
    port,
    tls:
      tlsPort === undefined || cert === undefined || key === undefined
        ? undefined
        : { port: tlsPort, cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") },
    token: env.DAYBOOK_SYSLOG_TOKEN,
  };
}
