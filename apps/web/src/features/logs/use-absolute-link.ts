import { printSearchText } from "../../shell/search-text.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { withRange, type LogsSearch } from "./logs-search.ts";
import { resolveRange } from "./time-range.ts";

/** A copied link keeps what its reader saw: "last 7 days" becomes the two instants it stands for now. */
export function useAbsoluteLink(search: LogsSearch): () => string {
  const { timeZone } = useOrganization();
  return () => absoluteLink(`${location.origin}${location.pathname}`, search, timeZone, Date.now());
}

export function absoluteLink(page: string, search: LogsSearch, zone: string, now: number): string {
  const fixed = search.range ? withRange(search, { ...resolveRange(search, zone, now), to: new Date(now).toISOString() }) : search;
  return `${page}${printSearchText({ ...fixed })}`;
}
