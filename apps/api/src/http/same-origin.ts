import { Refusal } from "@daybook/event";
import type { IncomingHttpHeaders } from "node:http";

/**
 * A cookie rides on every request that a browser sends, so a change must come from our own pages. Every browser states the origin of a POST;
 * what states neither header is no browser and holds no victim's cookie.
 */
export function demandSameOrigin(headers: IncomingHttpHeaders, trustedOrigins: ReadonlySet<string>): void {
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  const allowed = origin !== undefined ? trustedOrigins.has(origin) : site === undefined || site === "same-origin";
  if (!allowed) throw new Refusal("forbidden", "This page is not Daybook's console, so it may not change anything here.");
}
