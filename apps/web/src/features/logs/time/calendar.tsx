import { wallTime } from "@daybook/event";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "../../../ui/button.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { addMonths, dayByKey, dayKey, isBeforeDay, sameDay, weeksOf, type Day } from "./calendar-days.ts";

interface CalendarProps {
  from: number | null;
  /** Not included. */
  to: number | null;
  keptSince: number | null;
  /** The first and the last day, as they are typed. */
  onChoose: (first: string, last: string) => void;
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const monthTitle = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });
const dayTitle = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const asDate = ({ year, month, day }: Day): Date => new Date(Date.UTC(year, month - 1, day));

/** A month of days: the first choice is one end, the second the other. Arrows walk by days and weeks, Page keys by months. */
export function Calendar({ from, to, keptSince, onChoose }: CalendarProps) {
  const zone = useZone();
  const today = wallTime(useNow(), zone);
  const first = from === null ? null : wallTime(from, zone);
  const last = to === null ? null : wallTime(to - 1, zone);
  const kept = keptSince === null ? null : wallTime(keptSince, zone);
  const [active, setActive] = useState<Day>(last ?? first ?? today);
  /** One end is chosen, the other is not yet. */
  const [anchor, setAnchor] = useState<Day | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
    moved.current = false;
  }, [active]);

  const choose = (day: Day) => {
    setActive(day);
    if (anchor === null) {
      setAnchor(day);
      return onChoose(dayKey(day), dayKey(day));
    }
    const [start, end] = isBeforeDay(day, anchor) ? [day, anchor] : [anchor, day];
    setAnchor(null);
    onChoose(dayKey(start), dayKey(end));
  };
  const isChosen = (day: Day) => first !== null && !isBeforeDay(day, first) && !isBeforeDay(last ?? today, day);
  return (
    <div data-calendar>
      <div className="flex items-center justify-between pb-1">
        <IconButton label="Month before" onClick={() => setActive(addMonths(active, -1))}>
          <ChevronLeft size={14} aria-hidden />
        </IconButton>
        <h3 aria-live="polite" className="font-medium">
          {monthTitle.format(asDate(active))}
        </h3>
        <IconButton label="Month after" onClick={() => setActive(addMonths(active, 1))}>
          <ChevronRight size={14} aria-hidden />
        </IconButton>
      </div>
      <table ref={grid} role="grid" aria-label={`${monthTitle.format(asDate(active))}: choose the first day, then the last`} className="w-full table-fixed">
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col" abbr={name} className="h-6 text-caption font-normal text-ink-3">
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(active).map((week, index) => (
            <tr key={index}>
              {week.map((day, place) =>
                day === null ? (
                  <td key={place} />
                ) : (
                  <DayCell
                    key={place}
                    day={day}
                    isActive={sameDay(day, active)}
                    isToday={sameDay(day, today)}
                    isChosen={isChosen(day)}
                    isPurged={kept !== null && isBeforeDay(day, kept)}
                    onChoose={() => choose(day)}
                    onKey={(key) => {
                      const next = dayByKey(day, key);
                      moved.current = next !== null;
                      if (next) setActive(next);
                      return next !== null;
                    }}
                  />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p aria-live="polite" className="pt-1 text-meta text-ink-3">
        {anchor === null ? "Choose the first day, then the last." : "Now the last day."}
      </p>
    </div>
  );
}

interface DayCellProps {
  day: Day;
  isActive: boolean;
  isToday: boolean;
  isChosen: boolean;
  isPurged: boolean;
  onChoose: () => void;
  onKey: (key: string) => boolean;
}

function DayCell({ day, isActive, isToday, isChosen, isPurged, onChoose, onKey }: DayCellProps) {
  return (
    <td aria-selected={isChosen} className="p-0">
      <button
        type="button"
        tabIndex={isActive ? 0 : -1}
        aria-label={`${dayTitle.format(asDate(day))}${isPurged ? ", purged by the policy" : ""}`}
        aria-current={isToday ? "date" : undefined}
        title={isPurged ? "Events of this day were purged by the policy." : undefined}
        onClick={onChoose}
        onKeyDown={(event) => {
          if (!event.ctrlKey && !event.metaKey && !event.altKey && onKey(event.key)) event.preventDefault();
        }}
        className={`inset-focus h-7 w-full rounded-chip ${isChosen ? "bg-selected font-medium" : "hover:bg-hover"} ${isPurged ? "text-ink-3 line-through" : ""} ${isToday ? "underline underline-offset-4" : ""}`}
      >
        {day.day}
      </button>
    </td>
  );
}
