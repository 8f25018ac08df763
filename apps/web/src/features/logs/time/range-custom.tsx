import { lazy, Suspense, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { inputText } from "../../../ui/zone-time.ts";
import type { Asked } from "../histogram/histogram-scale.ts";
import type { RangeChoice } from "./time-range.ts";
import { readMoment } from "./time-text.ts";
import type { Kept } from "./use-kept.ts";

const Calendar = lazy(async () => ({ default: (await import("./calendar.tsx")).Calendar }));
const dayMs = 86_400_000;

/** Two ends, typed in any form or chosen in the calendar. A day as the end is part of the range; a clock time is not. */
export function CustomRange({ asked, kept, onChoose }: { asked: Asked; kept: Kept; onChoose: (choice: RangeChoice) => void }) {
  const zone = useZone();
  const now = useNow();
  const shown = (iso: string | undefined) => (iso === undefined ? "" : inputText(Date.parse(iso), zone).replace("T", " "));
  const [from, setFrom] = useState(shown(asked.from));
  const [to, setTo] = useState(shown(asked.to));
  const [showsCalendar, setShowsCalendar] = useState(false);
  const clock = { zone, now };
  const start = readMoment(from, clock);
  const last = to.trim() === "" ? null : readMoment(to, clock);
  const end = last && (last.exact ? last.from : last.to);
  const problems = {
    from: start === null && from.trim() !== "" ? "Not a time. Write 2026-06-01, 12 jun 14:30 or yesterday." : null,
    to: to.trim() !== "" && last === null ? "Not a time." : start !== null && end !== null && end <= start.from ? "This is not after the start." : null,
  };
  const ok = start !== null && problems.to === null;
  return (
    <form
      className="flex flex-col gap-2 border-b p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (ok) onChoose({ from: new Date(start.from).toISOString(), ...(end === null ? {} : { to: new Date(end).toISOString() }) });
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <Field label="From" error={problems.from}>
          {(control) => <input {...control} autoComplete="off" className="control" value={from} onChange={(event) => setFrom(event.target.value)} />}
        </Field>
        <Field label="To" error={problems.to} hint={to.trim() === "" ? "Empty: up to now, and following." : last?.exact ? "Not included." : null}>
          {(control) => <input {...control} autoComplete="off" className="control" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
      </div>
      {showsCalendar && (
        <Suspense fallback={<div aria-busy className="h-[236px]" />}>
          <Calendar
            from={start?.from ?? null}
            to={end}
            keptSince={kept.days === null ? null : now - kept.days * dayMs}
            onChoose={(first, lastDay) => {
              setFrom(first);
              setTo(lastDay);
            }}
          />
        </Suspense>
      )}
      <div className="flex justify-between gap-2">
        <Button look="plain" aria-expanded={showsCalendar} onClick={() => setShowsCalendar(!showsCalendar)}>
          {showsCalendar ? "Hide calendar" : "Calendar"}
        </Button>
        <Button type="submit" look="primary" disabled={!ok}>
          Apply custom range
        </Button>
      </div>
    </form>
  );
}
