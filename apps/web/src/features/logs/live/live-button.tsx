import { Radio } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { liveHint, liveWords, type Live } from "./live-words.ts";

/** Whether new events appear by themselves, how many, and why not. */
export function LiveButton({ live }: { live: Live }) {
  const { state, wanted, reason, onToggle } = live;
  return (
    <Button
      onClick={() => reason === null && onToggle()}
      aria-pressed={wanted && reason === null}
      aria-disabled={reason !== null}
      title={liveHint(live)}
      data-live={reason === null ? state : "off"}
      className="min-w-[34px] aria-disabled:cursor-not-allowed aria-disabled:text-ink-3"
    >
      <Radio size={14} aria-hidden className={(state === "live" || state === "polling") && reason === null ? "text-ok" : "text-ink-3"} />
      <span className="max-sm:sr-only">
        {liveWords(live)}
        {/* Takes no room: each new search is followed anew, and the bar must not move each time. */}
        {state === "connecting" && reason === null && <span className="absolute">…</span>}
      </span>
      {reason !== null && <span className="sr-only">: {reason}</span>}
    </Button>
  );
}
