import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject, type SyntheticEvent } from "react";
import { createPortal } from "react-dom";
import { CopyButton } from "./copy-button.tsx";
import { relativeTime } from "./relative-time.ts";
import { useNow } from "./use-now.ts";
import { useHomeZone } from "./zone-context.ts";
import { browserZone, exactText } from "./zone-time.ts";

interface TimeCardProps {
  instant: number;
  anchor: RefObject<HTMLElement | null>;
  /** Opened by a click or a key: then it takes the focus, and gives it back. */
  isPinned: boolean;
  onStay: () => void;
  onLeave: () => void;
  onClose: () => void;
}

const gap = 4;
const edge = 8;

export interface TimeLine {
  label: string;
  text: string;
  copied: string;
}

/** One instant as every clock that matters tells it. */
export function timeLines(instant: number, { home, mine, now }: { home: string | null; mine: string; now: number }): TimeLine[] {
  const iso = new Date(instant).toISOString();
  const local = (label: string, zone: string): TimeLine => ({
    label,
    text: `${exactText(instant, zone)} ${zone}`,
    copied: `${exactText(instant, zone)} ${zone}`,
  });
  return [
    { label: "UTC", text: iso, copied: iso },
    ...(home === null ? [] : [local("Organization", home)]),
    local("Mine", mine),
    { label: "Relative", text: relativeTime(instant, now), copied: relativeTime(instant, now) },
    { label: "Epoch, ms", text: String(instant), copied: String(instant) },
  ];
}

export function TimeCard({ instant, anchor, isPinned, onStay, onLeave, onClose }: TimeCardProps) {
  const home = useHomeZone();
  const now = useNow();
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const from = anchor.current?.getBoundingClientRect();
    const box = card.current?.getBoundingClientRect();
    if (!from || !box) return;
    const below = from.bottom + gap;
    setPlace({
      left: Math.max(edge, Math.min(from.left, innerWidth - box.width - edge)),
      top: below + box.height + edge <= innerHeight ? below : Math.max(edge, from.top - gap - box.height),
    });
  }, [anchor]);
  useEffect(() => {
    if (isPinned && place !== null) card.current?.focus();
  }, [isPinned, place]);
  useEffect(() => {
    // A card that stays where it was while the list scrolls away below it says the time of another row.
    const leave = (event: Event) =>
      event.target instanceof Node && !card.current?.contains(event.target) && !anchor.current?.contains(event.target) && onClose();
    const scrolled = (event: Event) => event.target instanceof Node && !card.current?.contains(event.target) && onClose();
    document.addEventListener("pointerdown", leave);
    document.addEventListener("scroll", scrolled, true);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("scroll", scrolled, true);
    };
  }, [anchor, onClose]);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onClose();
    anchor.current?.querySelector("button")?.focus();
  };
  return createPortal(
    <div
      ref={card}
      role="dialog"
      aria-label="This time on other clocks"
      data-popover
      data-time-card
      tabIndex={-1}
      onPointerEnter={onStay}
      onPointerLeave={onLeave}
      onKeyDown={(event) => {
        event.stopPropagation();
        keys(event);
      }}
      onBlur={(event) => isPinned && !event.currentTarget.contains(event.relatedTarget) && onClose()}
      onClick={stay}
      className="appear fixed z-50 max-w-[calc(100vw-16px)] rounded-card border bg-bg p-2 text-left shadow-overlay focus-visible:outline-none"
      style={place ?? { left: 0, top: 0, visibility: "hidden" }}
    >
      <dl>
        {timeLines(instant, { home, mine: browserZone(), now }).map(({ label, text, copied }) => (
          <div key={label} className="flex min-h-7 items-center gap-2">
            <dt className="w-[84px] shrink-0 text-meta text-ink-3">{label}</dt>
            <dd className="min-w-0 flex-1 text-meta break-words text-ink">{text}</dd>
            <dd>
              <CopyButton text={copied} what={`${label} time`} />
            </dd>
          </div>
        ))}
      </dl>
    </div>,
    document.body,
  );
}

// Events of a portal reach the row that its time stands in, which would open.
const stay = (event: SyntheticEvent): void => event.stopPropagation();
