import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { shortNumber } from "../../../ui/numbers.ts";
import type { FacetValue } from "./facets.ts";

const searchFrom = 9;
const shownMax = 100;

interface FilterChoiceProps {
  label: string;
  /** What it says while nothing is chosen: "All teams". */
  all: string;
  values: readonly FacetValue[];
  chosen: readonly string[];
  approximate?: boolean;
  onChange: (values: string[]) => void;
}

/** A list to choose several from, folded away behind a button that says what is chosen. */
export function FilterChoice({ label, all, values, chosen, approximate = false, onChange }: FilterChoiceProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const found = values.filter((each) => `${each.label} ${each.value}`.toLowerCase().includes(text.toLowerCase())).slice(0, shownMax);
  const toggle = (value: string) => onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  const names = chosen.map((value) => values.find((each) => each.value === value)?.label ?? value);
  return (
    <div className="flex flex-col gap-1">
      <span id={`${id}-label`} className="font-medium">
        {label}
      </span>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-labelledby={`${id}-label ${id}-chosen`}
        onClick={() => setOpen(!open)}
        className="control control-form flex items-center gap-2 text-left"
      >
        <span id={`${id}-chosen`} className={`flex-1 truncate ${chosen.length === 0 ? "text-ink-2" : ""}`}>
          {chosen.length === 0 ? all : names.join(", ")}
        </span>
        <ChevronDown size={14} aria-hidden className={`shrink-0 text-ink-3 ${open ? "rotate-180" : ""}`} />
      </button>
      {open && (
        <div id={`${id}-list`} role="group" aria-labelledby={`${id}-label`} className="rounded-card border p-1">
          {values.length >= searchFrom && (
            <input
              aria-label={`Find in ${label.toLowerCase()}`}
              placeholder="Find…"
              autoComplete="off"
              className="control mb-1 h-7"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
          <ul className="scroll-thin max-h-52 overflow-y-auto">
            {found.map(({ value, label: name, count }) => (
              <li key={value}>
                <label className="touch flex min-h-7 items-center gap-2 rounded-chip px-2 hover:bg-hover">
                  <input type="checkbox" className="accent-accent" checked={chosen.includes(value)} onChange={() => toggle(value)} />
                  <span className="flex-1 truncate">{name}</span>
                  {count !== null && (
                    <span className="text-meta text-ink-2">
                      {approximate && count > 0 ? "≈" : ""}
                      {shortNumber(count)}
                    </span>
                  )}
                </label>
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className="px-2 py-1 text-meta text-ink-3">{values.length === 0 ? "None in these events" : "No match"}</p>}
        </div>
      )}
    </div>
  );
}
