import { useSubscription } from "@trpc/tanstack-react-query";
import type { EventRow } from "@daybook/event";
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { useTRPC } from "../../../trpc.ts";
import { readApiError } from "../../../ui/api-error.ts";
import type { EventList } from "../grid/event-list.ts";
import type { LiveState } from "./live-words.ts";
import type { Scope } from "../logs-search.ts";
import { usePolling } from "./use-polling.ts";

// Four renders a second are as live as an eye can read, however many events arrive.
const batchMs = 250;
const bufferMax = 5000;
/** The pace is what came in the last seconds. */
const paceMs = 5_000;
/** Who comes back has caught up when nothing more came for so long. */
const quietMs = 1_500;
const saidMs = 8_000;
/** A stream that the browser gave up, such as one that a proxy answered itself, is tried again after this. */
const brokenWaitMs = 60_000;

interface LiveTail {
  scope: Scope;
  /** The list that is followed; null while it is not the one that was asked for. */
  list: EventList | null;
  /** Off while the range ends in the past or the reader switched it off. */
  enabled: boolean;
  /** The reader is somewhere in the list: new events wait in the buffer instead of moving it. */
  holding: boolean;
  onInsert: (events: readonly EventRow[]) => void;
  /** So many more wait. */
  onHeld: (events: number) => void;
  /** The server no longer tells this reader of new events; a connection that breaks is opened again by itself. */
  onRefused: () => void;
}

interface Waiting {
  rows: readonly EventRow[];
  /** Those that the buffer had no room for, too. */
  count: number;
}
const nobodyWaits: Waiting = { rows: [], count: 0 };

export function useLiveTail({ scope, list, enabled, holding, onInsert, onHeld, onRefused }: LiveTail) {
  const trpc = useTRPC();
  const visible = useVisible();
  const [waiting, setWaiting] = useState(nobodyWaits);
  const [perSecond, setPerSecond] = useState(0);
  const [caughtUp, setCaughtUp] = useState(0);
  const batch = useRef<EventRow[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flushedAt = useRef(0);
  const returned = useRef<{ events: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const active = enabled && visible && list !== null;

  // A stream is opened behind the last event that was heard, and this place stands still while it is open.
  const [opened, setOpened] = useState({ active, list, afterSeq: list?.lastSeq ?? 0 });
  if (opened.active !== active || opened.list !== list) setOpened({ active, list, afterSeq: list?.lastSeq ?? 0 });

  const noteReturn = (events: number) => {
    const back = returned.current;
    if (!back) return;
    clearTimeout(back.timer);
    back.events += events;
    back.timer = setTimeout(() => {
      returned.current = null;
      setCaughtUp(back.events);
    }, quietMs);
  };
  const flush = useEffectEvent(() => {
    timer.current = undefined;
    flushedAt.current = Date.now();
    const arrived = batch.current.splice(0);
    list?.hear(arrived);
    noteReturn(arrived.length);
    if (!holding) return onInsert(arrived);
    const fresh = arrived.filter(({ id }) => list?.has(id) === false);
    if (fresh.length === 0) return;
    onHeld(fresh.length);
    setWaiting((held) => merge(held, fresh));
  });
  const arrivals = useRef<number[]>([]);
  const receive = useEffectEvent((event: EventRow) => {
    batch.current.push(event);
    arrivals.current.push(Date.now());
    timer.current ??= setTimeout(() => flush(), Math.max(0, flushedAt.current + batchMs - Date.now()));
  });
  const subscription = useSubscription(
    trpc.events.tail.subscriptionOptions(
      { ...scope, afterSeq: opened.afterSeq },
      {
        enabled: active && opened.active && opened.list === list,
        onData: ({ data }) => receive(data),
        // Only the server refuses in words; a stream that does not come about is followed by asking.
        onError: (error) => readApiError(error).httpStatus > 0 && onRefused(),
      },
    ),
  );
  const isBroken = active && subscription.status === "error";
  const isStreaming = active && subscription.status === "pending";
  const openAgain = useEffectEvent(() => subscription.reset());
  useEffect(() => {
    if (!isBroken) return;
    const again = setTimeout(openAgain, brokenWaitMs);
    return () => clearTimeout(again);
  }, [isBroken]);
  const isPolling = usePolling({
    scope,
    list: active ? list : null,
    stream: isStreaming ? "streaming" : isBroken ? "broken" : "waiting",
    onEvents: (events) => events.forEach(receive),
    onRefused,
  });

  useEffect(() => {
    if (!active) return;
    const pace = setInterval(() => {
      const since = Date.now() - paceMs;
      const first = arrivals.current.findIndex((at) => at >= since);
      arrivals.current.splice(0, first === -1 ? arrivals.current.length : first);
      setPerSecond(Math.round(arrivals.current.length / (paceMs / 1_000)));
    }, 1_000);
    return () => {
      clearInterval(pace);
      setPerSecond(0);
    };
  }, [active]);

  useEffect(() => {
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      batch.current = [];
      setWaiting(nobodyWaits);
    };
  }, [list]);

  // Only a reader who was away is told how much there was.
  useEffect(() => {
    if (!visible || !enabled) return;
    return () => {
      if (document.visibilityState === "hidden") returned.current = { events: 0, timer: setTimeout(() => {}) };
    };
  }, [visible, enabled]);
  useEffect(() => {
    if (caughtUp === 0) return;
    const hush = setTimeout(() => setCaughtUp(0), saidMs);
    return () => clearTimeout(hush);
  }, [caughtUp]);

  const [wasLive, setWasLive] = useState(false);
  const isLive = isStreaming || isPolling;
  if (isLive && !wasLive) setWasLive(true);
  if (!enabled && wasLive) setWasLive(false);
  const state: LiveState = !enabled ? "off" : !visible ? "paused" : isStreaming ? "live" : isPolling ? "polling" : wasLive ? "reconnecting" : "connecting";
  return {
    state,
    perSecond,
    caughtUp,
    waiting: waiting.count,
    full: waiting.count > waiting.rows.length,
    release: () => {
      setWaiting(nobodyWaits);
      onInsert(waiting.rows);
    },
  };
}

function merge(held: Waiting, arrived: readonly EventRow[]): Waiting {
  const ids = new Set(held.rows.map(({ id }) => id));
  const fresh = arrived.filter(({ id }) => !ids.has(id));
  return { rows: [...held.rows, ...fresh].slice(0, bufferMax), count: held.count + fresh.length };
}

function useVisible(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    () => document.visibilityState !== "hidden",
    () => true,
  );
}
