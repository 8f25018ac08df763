import type { EventRow } from "@daybook/event";
import { useEffect, useState } from "react";
import { plural } from "../../../ui/numbers.ts";
import { useKeys } from "../../../ui/use-keys.ts";
import { whyNotLive, type Live } from "./live-words.ts";
import type { LogsSearch, Scope } from "../logs-search.ts";
import type { Events } from "../grid/use-events.ts";
import { useLiveTail } from "./use-live-tail.ts";
import { useSpoken } from "./use-spoken.ts";
import { useThrottled } from "./use-throttled.ts";

/** New rows stand out for as long as their tint lasts. */
const freshMs = 2_000;
/** Bars and counts follow no faster than this, however many events arrive. */
const countsEveryMs = 2_000;
const nothing: ReadonlySet<string> = new Set();

interface Followed {
  scope: Scope;
  search: LogsSearch;
  now: number;
  events: Events;
  holding: boolean;
  /** What else on the screen counts events. */
  onCounts: () => void;
  onRefused: () => void;
}

/** A list that new events come into, and what the screen says about it. */
export function useFollowed({ scope, search, now, events, holding, onCounts, onRefused }: Followed) {
  const [wanted, setWanted] = useState(true);
  const [fresh, setFresh] = useState(nothing);
  const spoken = useSpoken();
  const countAgain = useThrottled(onCounts, countsEveryMs);
  const reason = whyNotLive(search, now);
  const isThere = events.query.isSuccess && !events.isStale;
  const { list } = events;
  const onInsert = (arrived: readonly EventRow[]) => {
    const added = list?.insert(arrived) ?? [];
    if (added.length === 0) return;
    setFresh(new Set(added.map(({ id }) => id)));
    spoken.add(added.length);
    countAgain();
  };
  const tail = useLiveTail({
    scope,
    list: isThere && list ? list : null,
    enabled: wanted && reason === null && isThere,
    holding,
    onInsert,
    onHeld: spoken.add,
    onRefused,
  });
  useEffect(() => {
    if (fresh.size === 0) return;
    const settle = setTimeout(() => setFresh(nothing), freshMs);
    return () => clearTimeout(settle);
  }, [fresh]);
  const onToggle = () => setWanted(!wanted);
  useKeys("logs", { l: () => reason === null && onToggle() });
  // While the rows are on their way nothing is followed yet, and nothing was switched off.
  const state = tail.state === "off" && wanted && events.query.isFetching ? "connecting" : tail.state;
  const live: Live = { state, wanted, reason, perSecond: tail.perSecond, caughtUp: tail.caughtUp, onToggle };
  return {
    live,
    fresh,
    waiting: { count: tail.waiting, full: tail.full },
    release: tail.release,
    spoken: spoken.words,
    news: tail.caughtUp > 0 ? `Caught up: ${plural(tail.caughtUp, "event")}` : "",
  };
}
