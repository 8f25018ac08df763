import type { EventRow } from "@daybook/event";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTRPCClient } from "../../../trpc.ts";
import { errorHttpStatus } from "../../../ui/api-error.ts";
import type { EventList } from "../grid/event-list.ts";
import type { Scope } from "../logs-search.ts";
import { pollEveryMs } from "./live-words.ts";

/** Browsers open a broken stream again after 3 to 5 seconds, so this is two or three attempts, or one whose first byte is held back somewhere. */
const streamWaitMs = 8_000;
/** More than so many steps in a row wait for the next time: a reader who is that far behind reloads. */
const stepsMax = 50;

interface Polling {
  scope: Scope;
  /** The list that is followed; null while nothing is. */
  list: EventList | null;
  stream: "streaming" | "waiting" | "broken";
  onEvents: (events: readonly EventRow[]) => void;
  /** The server shows this reader no more of the log. */
  onRefused: () => void;
}

/**
 * Asks for what is new every few seconds for as long as no stream comes through, as behind a proxy that holds answers back until they end. True once the
 * server answered: while it is away, nothing is live.
 */
export function usePolling({ scope, list, stream, onEvents, onRefused }: Polling): boolean {
  const { events } = useTRPCClient();
  const [isAnswered, setAnswered] = useState(false);
  /** Behind the last event that was looked at; the list knows of those alone that came. */
  const reached = useRef<{ list: EventList; seq: number }>(undefined);
  const ask = useEffectEvent(async (followed: EventList, signal: AbortSignal) => {
    let seq = Math.max(followed.lastSeq, reached.current?.list === followed ? reached.current.seq : 0);
    for (let steps = 0; steps < stepsMax; steps += 1) {
      const step = await events.since.query({ ...scope, afterSeq: seq }, { signal });
      if (signal.aborted) return;
      onEvents(step.events);
      seq = step.lastSeq;
      reached.current = { list: followed, seq };
      if (!step.hasMore) break;
    }
  });
  const refused = useEffectEvent(onRefused);

  useEffect(() => {
    if (list === null || stream === "streaming") return;
    const stop = new AbortController();
    let timer = setTimeout(turn, stream === "broken" ? 0 : streamWaitMs);
    async function turn(): Promise<void> {
      if (list === null) return;
      const isThere = await ask(list, stop.signal).then(
        () => true,
        (error: unknown) => {
          if (!stop.signal.aborted && errorHttpStatus(error) < 500) refused();
          return false;
        },
      );
      if (stop.signal.aborted) return;
      setAnswered(isThere);
      timer = setTimeout(turn, pollEveryMs);
    }
    return () => {
      stop.abort();
      clearTimeout(timer);
      setAnswered(false);
    };
  }, [list, stream]);
  // Not what was found out of another list.
  return isAnswered && list !== null && stream !== "streaming";
}
