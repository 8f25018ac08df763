import type { LogType } from "@daybook/event";
import { printSearchText } from "../../shell/search-text.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { withRange, type LogsSearch } from "./logs-search.ts";
import { resolveRange } from "./time-range.ts";

/** A copied link keeps what its reader saw: "last 7 days" becomes the two instants it stands for now. */
export function useAbsoluteLink(search: LogsSearch, logType: LogType): () => string {
  const { slug, timeZone } = useOrganization();
  return () => absoluteLink(location.origin, slug, logType, search, timeZone, Date.now());
}

export function absoluteLink(origin: string, slug: string, logType: LogType, search: LogsSearch, zone: string, now: number): string {
  const fixed = search.range ? withRange(search, { ...resolveRange(search, zone, now), to: new Date(now).toISOString() }) : search;
  return `${origin}/o/${slug}/logs/${logType}${printSearchText({ ...fixed })}`;
}
