import { wallTime } from "@daybook/event";
import { CalendarDays, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { useNow } from "../../ui/use-now.ts";
import { useZone } from "../../ui/zone-context.ts";
import { clockText, dateText, inputText, instantOfInput } from "../../ui/zone-time.ts";
import { withRange, type LogsSearch } from "./logs-search.ts";
import { lookBackDaysMax, presets, rangeDays, rangeLabel, resolveRange, type RangeChoice } from "./time-range.ts";
import type { Go } from "./use-logs-navigation.ts";

export function RangePicker({ search, onChange }: { search: LogsSearch; onChange: Go }) {
  const zone = useZone();
  const [open, setOpen] = useState(false);
  useKeys({ t: () => setOpen(true) });
  const short = (iso: string) => {
    const wall = wallTime(Date.parse(iso), zone);
    const clock = clockText(wall).slice(0, 5);
    return clock === "00:00" ? dateText(wall) : `${dateText(wall)} ${clock}`;
  };
  const choose = (choice: RangeChoice) => {
    onChange(withRange(search, choice));
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button className="min-w-0 max-w-[60vw] shrink max-sm:px-2">
          <CalendarDays size={14} aria-hidden className="shrink-0 text-ink-3 max-sm:hidden" />
          <span className="truncate">{rangeLabel(search, short)}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          data-popover
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Time range"
          className="appear z-40 w-[300px] rounded-card border bg-bg p-3 shadow-overlay"
        >
          <RangeForm search={search} onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function RangeForm({ search, onChoose }: { search: LogsSearch; onChoose: (choice: RangeChoice) => void }) {
  const zone = useZone();
  const now = useNow();
  const resolved = resolveRange(search, zone, now);
  const [days, setDays] = useState(String(rangeDays(search.range ?? "") ?? 14));
  const [from, setFrom] = useState(inputText(resolved.from ? Date.parse(resolved.from) : now - 86_400_000, zone));
  const [to, setTo] = useState(resolved.to ? inputText(Date.parse(resolved.to), zone) : "");
  const start = instantOfInput(from, zone);
  const end = to === "" ? null : instantOfInput(to, zone);
  const backwards = start !== null && end !== null && end <= start;
  const count = Number(days);
  const daysOk = Number.isInteger(count) && count >= 1 && count <= lookBackDaysMax;
  const none = search.range === undefined && search.from === undefined && search.to === undefined;
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-1">
        {presets.map(({ range, label }) => (
          <Preset key={range} label={label} chosen={search.range === range} onChoose={() => onChoose({ range })} />
        ))}
        <Preset label="All time" chosen={none} onChoose={() => onChoose({})} />
      </div>
      <form
        className="border-t pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (daysOk) onChoose({ range: `${count}d` });
        }}
      >
        <Field label="Look back, in days" error={daysOk ? null : `A whole number from 1 to ${lookBackDaysMax}.`}>
          {(control) => (
            <div className="flex gap-2">
              <input
                {...control}
                type="number"
                min={1}
                max={lookBackDaysMax}
                step={1}
                className="control"
                value={days}
                onChange={(event) => setDays(event.target.value)}
              />
              <Button type="submit" disabled={!daysOk}>
                Apply
              </Button>
            </div>
          )}
        </Field>
      </form>
      <form
        className="flex flex-col gap-2 border-t pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (start !== null && !backwards) onChoose({ from: new Date(start).toISOString(), ...(end === null ? {} : { to: new Date(end).toISOString() }) });
        }}
      >
        <Field label="From">
          {(control) => (
            <input {...control} type="datetime-local" required className="control" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        <Field label="To" hint={to === "" ? "Empty: up to now, and following." : "Not included."} error={backwards ? "This is not after the start." : null}>
          {(control) => <input {...control} type="datetime-local" className="control" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <div className="flex items-center justify-between gap-2">
          <span className="text-meta text-ink-3">{zone}</span>
          <Button type="submit" disabled={start === null || backwards}>
            Apply custom range
          </Button>
        </div>
      </form>
    </div>
  );
}

function Preset({ label, chosen, onChoose }: { label: string; chosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`h-8 rounded-control px-2 text-left ${chosen ? "bg-selected font-medium" : "hover:bg-hover"}`}
    >
      {label}
    </button>
  );
}
