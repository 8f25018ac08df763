import { wallTime } from "@daybook/event";
import { lazy, Suspense, useRef, useState } from "react";
import { offsetName, clockText, dateText, millisecondsText } from "./zone-time.ts";
import { relativeTime } from "./relative-time.ts";
import { useZone } from "./zone-context.ts";
import { useNow } from "./use-now.ts";

const TimeCard = lazy(async () => ({ default: (await import("./time-card.tsx")).TimeCard }));

interface TimeProps {
  at: string;
  /** `row` lets the date step back, `exact` adds milliseconds and the zone, `day` leaves the clock out, `relative` puts "3 minutes ago" behind. */
  as?: "plain" | "row" | "exact" | "day" | "relative";
}

// Long enough that a pointer on its way through a list opens nothing.
const restMs = 350;
const leaveMs = 150;

/** The one way a time is shown: in the zone that is shown, with UTC, local and relative time in a card. The exact form is a button, so that the keyboard reaches the card. */
export function Time({ at, as = "plain" }: TimeProps) {
  const zone = useZone();
  const anchor = useRef<HTMLTimeElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [card, setCard] = useState<"closed" | "hovered" | "pinned">("closed");
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return <span>{at}</span>;
  const wall = wallTime(instant, zone);
  const soon = (next: typeof card, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCard((held) => (held === "pinned" ? held : next)), ms);
  };
  const close = () => {
    clearTimeout(timer.current);
    setCard("closed");
  };
  const text = (
    <>
      <span className={as === "row" ? "text-ink-2" : undefined}>{dateText(wall)}</span>
      {as !== "day" && <> {clockText(wall)}</>}
      {as === "exact" && (
        <>
          {millisecondsText(instant)} <span className="text-ink-3">({offsetName(instant, zone)})</span>
        </>
      )}
      {as === "relative" && <Ago instant={instant} />}
    </>
  );
  return (
    <time
      ref={anchor}
      dateTime={at}
      className={as === "exact" ? undefined : "whitespace-nowrap"}
      // By moving, not by being under the pointer: a list that is laid out anew puts a time there by itself.
      onPointerMove={({ pointerType }) => pointerType === "mouse" && soon("hovered", restMs)}
      onPointerLeave={() => soon("closed", leaveMs)}
    >
      {as === "exact" ? (
        <button
          type="button"
          aria-haspopup="dialog"
          aria-expanded={card !== "closed"}
          className="cursor-help rounded-chip text-left decoration-dotted underline-offset-4 hover:underline"
          onClick={() => setCard(card === "pinned" ? "closed" : "pinned")}
        >
          {text}
        </button>
      ) : (
        text
      )}
      {card !== "closed" && (
        <Suspense>
          <TimeCard
            instant={instant}
            anchor={anchor}
            isPinned={card === "pinned"}
            onStay={() => soon("hovered", 0)}
            onLeave={() => soon("closed", leaveMs)}
            onClose={close}
          />
        </Suspense>
      )}
    </time>
  );
}

/** It alone follows the clock: the rows of a list are not drawn again each half minute. */
function Ago({ instant }: { instant: number }) {
  const now = useNow();
  return <span className="text-ink-3"> · {relativeTime(instant, now)}</span>;
}
