import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { useOrganization } from "../../../shell/organization.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { plural } from "../../../ui/numbers.ts";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { withRange, type ClockChoice, type LogsSearch } from "../logs-search.ts";
import { CustomRange } from "./range-custom.tsx";
import { stepRange } from "./range-steps.ts";
import { ZoneChoice } from "./range-zone.tsx";
import { lookBackDaysMax, momentText, presets, rangeDates, rangeDays, resolveRange, type RangeChoice } from "./time-range.ts";
import { readRangeText } from "./time-text.ts";
import { useKept, type Kept } from "./use-kept.ts";
import type { Go } from "../use-logs-navigation.ts";

const dayMs = 86_400_000;

/** All ways to say a range: a usual one, so many days, two ends, or a few typed words; and by whose clock times are told. */
export function RangePanel({ search, onChange, onDone }: { search: LogsSearch; onChange: Go; onDone: () => void }) {
  const { timeZone: home } = useOrganization();
  const zone = useZone();
  const now = useNow();
  const kept = useKept();
  const resolved = resolveRange(search, home, now);
  const dates = rangeDates(resolved, zone, now);
  const choose = (choice: RangeChoice) => {
    onChange(withRange(search, choice));
    onDone();
  };
  const freeze = () => choose({ to: new Date(now).toISOString(), ...resolved });
  return (
    <div className="flex flex-col">
      <div className="flex items-center gap-2 border-b px-3 py-2">
        <StepButton label="One window earlier" choice={stepRange(search, -1, home, now)} onChoose={(choice) => onChange(withRange(search, choice))}>
          <ChevronLeft size={14} aria-hidden />
        </StepButton>
        <StepButton label="One window later" choice={stepRange(search, 1, home, now)} onChoose={(choice) => onChange(withRange(search, choice))}>
          <ChevronRight size={14} aria-hidden />
        </StepButton>
        <p className="min-w-0 flex-1 text-ink-2" data-resolved>
          {dates === "" ? "All time" : dates} <span className="text-ink-3">({zone})</span>
        </p>
        {search.range !== undefined && (
          <Button size="dense" onClick={freeze} title="Keep exactly this stretch of time, whatever the clock says">
            Freeze to absolute
          </Button>
        )}
      </div>
      <Typed onChoose={choose} />
      <div className="grid grid-cols-3 gap-1 border-b p-3" role="group" aria-label="Usual ranges">
        {presets.map(({ range, label }) => (
          <Preset key={range} label={label} chosen={search.range === range} onChoose={() => choose({ range })} />
        ))}
        <Preset label="All time" chosen={dates === ""} onChoose={() => choose({})} />
      </div>
      <LookBack days={rangeDays(search.range ?? "") ?? 14} kept={kept} onChoose={choose} />
      <CustomRange key={`${resolved.from ?? ""} ${resolved.to ?? ""} ${zone}`} asked={resolved} kept={kept} onChoose={choose} />
      <ZoneChoice tz={search.tz} home={home} onChoose={(tz) => onChange(withClock(search, tz))} />
      {kept.days !== null && (
        <p className="border-t px-3 py-2 text-meta text-ink-3" data-kept>
          The policy keeps {plural(kept.days, "day")}: the oldest day is {momentText(now - kept.days * dayMs, zone, now).replace(/ \d\d:.*/, "")}.
        </p>
      )}
    </div>
  );
}

interface StepButtonProps {
  label: string;
  choice: RangeChoice | null;
  onChoose: (choice: RangeChoice) => void;
  children: ReactNode;
}

/** On a phone the steps stand here: beside the range there is no room for them. */
function StepButton({ label, choice, onChoose, children }: StepButtonProps) {
  return (
    <IconButton label={label} disabled={choice === null} onClick={() => choice && onChoose(choice)} className="touch sm:hidden">
      {children}
    </IconButton>
  );
}

function Typed({ onChoose }: { onChoose: (choice: RangeChoice) => void }) {
  const { timeZone: home } = useOrganization();
  const zone = useZone();
  const now = useNow();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // Under a finger the keyboard of the screen would cover the rest.
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, []);
  const read = readRangeText(text, { zone, now });
  const problem = "problem" in read ? read.problem : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if ("choice" in read) onChoose(read.choice);
  };
  return (
    <form onSubmit={submit} className="border-b p-3">
      <Field
        label="Type a time"
        hint={
          problem === null && "choice" in read
            ? rangeDates(resolveRange(read.choice, home, now), zone, now) || "All time"
            : "last 3 h · yesterday · 12 jun · 2024-06-12 14:30"
        }
        error={asked && text !== "" ? problem : null}
      >
        {(control) => (
          <input
            {...control}
            ref={field}
            className="control"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAsked(false);
            }}
          />
        )}
      </Field>
    </form>
  );
}

function LookBack({ days, kept, onChoose }: { days: number; kept: Kept; onChoose: (choice: RangeChoice) => void }) {
  const [typed, setTyped] = useState(String(days));
  const most = Math.min(kept.days ?? lookBackDaysMax, lookBackDaysMax);
  const problem = lookBackProblem(typed, most, kept.days !== null);
  return (
    <form
      className="border-b p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) onChoose({ range: `${Number(typed)}d` });
      }}
    >
      <Field label="Look back, in days" error={problem}>
        {(control) => (
          <div className="flex gap-2">
            <input {...control} inputMode="numeric" autoComplete="off" className="control" value={typed} onChange={(event) => setTyped(event.target.value)} />
            <Button type="submit" disabled={problem !== null}>
              Apply
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}

function withClock(search: LogsSearch, tz: ClockChoice | undefined): LogsSearch {
  const { tz: _, ...rest } = search;
  return tz === undefined ? rest : { ...rest, tz };
}

/** Why so many days cannot be looked back; null when they can. */
export function lookBackProblem(typed: string, most: number, byPolicy: boolean): string | null {
  const count = Number(typed.trim().replace("−", "-"));
  if (typed.trim() === "" || !Number.isInteger(count)) return "A whole number of days, such as 14.";
  if (count < 1) return "At least 1 day: today is the first.";
  if (count > most) return byPolicy ? `The policy keeps ${plural(most, "day")}, so nothing is older.` : `At most ${plural(most, "day")}.`;
  return null;
}

function Preset({ label, chosen, onChoose }: { label: string; chosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`h-8 rounded-control px-2 text-left whitespace-nowrap ${chosen ? "bg-selected font-medium" : "hover:bg-hover"}`}
    >
      {label}
    </button>
  );
}
