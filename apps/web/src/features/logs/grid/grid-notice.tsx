import { useEffect, useState, type ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";

const patienceMs = 1_000;
const slowMs = 3_000;

interface GridNoticeProps {
  busy: boolean;
  cancelled: boolean;
  /** Rows of the search before are on screen. */
  hasRows: boolean;
  onCancel: () => void;
  onAgain: () => void;
}

/** Over the list, so that nothing moves: that an answer takes its time, and how to do without it. */
export function GridNotice({ busy, cancelled, hasRows, onCancel, onAgain }: GridNoticeProps) {
  const patience = usePatience(busy);
  if (cancelled)
    return (
      <Notice words={hasRows ? "Stopped. These are still the events of the search before." : "Stopped before there was an answer."}>
        <Button size="dense" onClick={onAgain}>
          Search again
        </Button>
      </Notice>
    );
  if (!busy || patience === "fresh") return null;
  return (
    <Notice words={patience === "slow" ? "This takes longer than usual. A shorter time range is faster." : "Searching…"}>
      <Button size="dense" onClick={onCancel}>
        Cancel
      </Button>
    </Notice>
  );
}

const Notice = ({ words, children }: { words: string; children: ReactNode }) => (
  <div
    role="status"
    className="appear absolute bottom-3 left-1/2 z-10 [section:has([data-selected])_&]:bottom-16 flex w-max max-w-[calc(100%-24px)] -translate-x-1/2 flex-wrap items-center gap-3 rounded-card border bg-bg p-1.5 pl-3 shadow-overlay"
  >
    <span>{words}</span>
    {children}
  </div>
);

type Patience = "fresh" | "waiting" | "slow";

/** How long something has been under way, as far as a reader cares. */
function usePatience(busy: boolean): Patience {
  const [patience, setPatience] = useState<Patience>("fresh");
  useEffect(() => {
    if (!busy) return;
    const timers = [setTimeout(() => setPatience("waiting"), patienceMs), setTimeout(() => setPatience("slow"), slowMs)];
    return () => {
      timers.forEach(clearTimeout);
      setPatience("fresh");
    };
  }, [busy]);
  return patience;
}
