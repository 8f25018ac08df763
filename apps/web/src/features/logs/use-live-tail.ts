import { useSubscription } from "@trpc/tanstack-react-query";
import type { EventRow } from "@daybook/event";
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { useTRPC } from "../../trpc.ts";
import type { Scope } from "./logs-search.ts";

// Four renders a second are as live as an eye can read, however many events arrive.
const batchMs = 250;
const bufferMax = 5000;

interface LiveTail {
  scope: Scope;
  /** The place in the log that the first page was read at: what came behind it is told, however late the stream opens. */
  afterSeq: number | null;
  /** Off while the range ends in the past or the reader switched it off. */
  enabled: boolean;
  /** The reader is somewhere in the list: new events wait in the buffer instead of moving it. */
  holding: boolean;
  onInsert: (events: readonly EventRow[]) => void;
  /** The server no longer tells this reader of new events; a connection that breaks is opened again by itself. */
  onRefused: () => void;
}

export type LiveState = "off" | "connecting" | "live" | "paused";

export function useLiveTail({ scope, afterSeq, enabled, holding, onInsert, onRefused }: LiveTail) {
  const trpc = useTRPC();
  const visible = useVisible();
  const [buffer, setBuffer] = useState<readonly EventRow[]>([]);
  const batch = useRef<EventRow[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flushedAt = useRef(0);

  const flush = useEffectEvent(() => {
    timer.current = undefined;
    flushedAt.current = Date.now();
    const arrived = batch.current.splice(0);
    if (holding) setBuffer((held) => merge(held, arrived));
    else onInsert(arrived);
  });
  const receive = useEffectEvent((events: readonly EventRow[]) => {
    batch.current.push(...events);
    timer.current ??= setTimeout(() => flush(), Math.max(0, flushedAt.current + batchMs - Date.now()));
  });
  const active = enabled && visible;
  const subscription = useSubscription(
    trpc.events.tail.subscriptionOptions(
      { ...scope, ...(afterSeq === null ? {} : { afterSeq }) },
      { enabled: active && afterSeq !== null, onData: ({ data }) => receive([data]), onError: onRefused },
    ),
  );

  const scopeKey = JSON.stringify(scope);
  useEffect(() => {
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      batch.current = [];
      setBuffer([]);
    };
  }, [scopeKey]);

  const release = () => {
    onInsert(buffer);
    setBuffer([]);
  };
  const state: LiveState = !enabled ? "off" : !visible ? "paused" : subscription.status === "pending" ? "live" : "connecting";
  return { state, buffered: buffer, full: buffer.length >= bufferMax, release };
}

function merge(held: readonly EventRow[], arrived: readonly EventRow[]): readonly EventRow[] {
  const ids = new Set(held.map(({ id }) => id));
  return [...held, ...arrived.filter(({ id }) => !ids.has(id))].slice(0, bufferMax);
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
