import type { LogsSearch } from "../logs-search.ts";
import { reachesNow } from "../time/time-range.ts";

/** `polling`: no stream comes through, so the server is asked every few seconds. */
export type LiveState = "off" | "connecting" | "live" | "polling" | "reconnecting" | "paused";

/** Short enough to follow what happens, and a sixth of what a reader's other clicks cost in a minute. */
export const pollEveryMs = 10_000;

export interface Live {
  state: LiveState;
  /** The reader wants to follow. */
  wanted: boolean;
  /** Why this list cannot be followed; null when it can. */
  reason: string | null;
  perSecond: number;
  /** How many events had come while the reader was away. */
  caughtUp: number;
  onToggle: () => void;
}

/** Why nothing new can appear in what is shown. */
export function whyNotLive(search: LogsSearch, now: number): string | null {
  if (search.as !== undefined) return "What somebody else would see is looked at, not followed.";
  return reachesNow(search, now) ? null : "This range ends in the past, so nothing new can appear in it.";
}

/** The state of following, as short as a button. */
export function liveWords({ state, perSecond, reason }: Pick<Live, "state" | "perSecond" | "reason">): string {
  if (reason !== null) return "Not live";
  switch (state) {
    case "off":
      return "Not live";
    case "connecting":
      return "Live";
    case "reconnecting":
      return "Reconnecting…";
    case "paused":
      return "Paused";
    case "polling":
      return `Live (every ${pollEveryMs / 1_000} s)`;
    case "live":
      return perSecond > 0 ? `Live · ${perSecond}/s` : "Live";
  }
}

export function liveHint({ state, wanted, reason }: Pick<Live, "state" | "wanted" | "reason">): string {
  if (reason !== null) return reason;
  if (!wanted) return "Press to let new events appear by themselves (l).";
  if (state === "polling")
    return `Something between this browser and the server holds streams back, so new events appear every ${pollEveryMs / 1_000} seconds. Press to stop (l).`;
  return "New events appear by themselves. Press to stop (l).";
}
