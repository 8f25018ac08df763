import { Check, ChevronRight } from "lucide-react";
import { useState } from "react";
import { shortNumber, wholeNumber } from "../../ui/numbers.ts";
import { statusLooks } from "../../ui/status-mark.tsx";
import type { FacetValue } from "./facets.ts";
import { fieldNames } from "./filter-words.ts";
import type { ListField } from "./logs-search.ts";

const shownFirst = 9;
const searchFrom = 12;

interface FacetGroupProps {
  name: ListField;
  values: readonly FacetValue[];
  chosen: readonly string[];
  approximate: boolean;
  onToggle: (value: string) => void;
  onOnly: (value: string) => void;
  onClear: () => void;
}

/** The box adds a value to the choice, the label makes it the only one. */
export function FacetGroup({ name, values, chosen, approximate, onToggle, onOnly, onClear }: FacetGroupProps) {
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const [text, setText] = useState("");
  const found = values.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(text.toLowerCase()));
  const shown = all || text !== "" ? found : found.filter(({ value }, index) => index < shownFirst || chosen.includes(value));
  const title = fieldNames[name];
  return (
    <section aria-label={`Filter by ${title.toLowerCase()}`} className="border-b px-2 py-1 last:border-0">
      <div className="flex items-center">
        <h2 className="flex-1">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="inset-focus flex h-7 w-full items-center gap-1 rounded-chip px-1 text-meta font-semibold text-ink-2 hover:text-ink"
          >
            <ChevronRight size={12} aria-hidden className={open ? "rotate-90" : ""} />
            {title}
          </button>
        </h2>
        {chosen.length > 0 && (
          <button type="button" onClick={onClear} aria-label={`Clear ${title.toLowerCase()}`} className="link h-6 px-1 text-meta">
            Clear
          </button>
        )}
      </div>
      {open && (
        <>
          {values.length >= searchFrom && (
            <input
              aria-label={`Find in ${title.toLowerCase()}`}
              placeholder="Find…"
              className="control mb-1 h-7"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
          <ul>
            {shown.map((value) => (
              <FacetRow
                key={value.value}
                name={name}
                value={value}
                isChosen={chosen.includes(value.value)}
                approximate={approximate}
                onToggle={onToggle}
                onOnly={onOnly}
              />
            ))}
          </ul>
          {found.length === 0 && <p className="px-1 py-1 text-meta text-ink-3">{values.length === 0 ? "None" : "No match"}</p>}
          {shown.length < found.length && (
            <button type="button" onClick={() => setAll(true)} className="link h-7 px-1 text-meta">
              {found.length - shown.length} more
            </button>
          )}
        </>
      )}
    </section>
  );
}

interface FacetRowProps extends Pick<FacetGroupProps, "name" | "approximate" | "onToggle" | "onOnly"> {
  value: FacetValue;
  isChosen: boolean;
}

function FacetRow({ name, value: { value, label, count }, isChosen, approximate, onToggle, onOnly }: FacetRowProps) {
  const look = name === "status" && value in statusLooks ? statusLooks[value as keyof typeof statusLooks] : null;
  return (
    <li className="flex h-7 items-center rounded-chip hover:bg-hover">
      <button
        type="button"
        role="checkbox"
        aria-checked={isChosen}
        aria-label={label}
        onClick={() => onToggle(value)}
        className="inset-focus grid size-6 shrink-0 place-items-center rounded-chip"
      >
        <span className={`grid size-3.5 place-items-center rounded-[3px] border ${isChosen ? "border-accent bg-accent text-on-accent" : "border-control"}`}>
          {isChosen && <Check size={10} strokeWidth={3} aria-hidden />}
        </span>
      </button>
      <button
        type="button"
        onClick={() => onOnly(value)}
        title={`Only ${label}`}
        aria-label={`Only ${label}`}
        className="inset-focus flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-chip px-1 text-left"
      >
        {look && <look.Icon size={13} strokeWidth={2.25} aria-hidden className={`shrink-0 ${look.ink}`} />}
        <span className={`flex-1 truncate ${isChosen ? "font-medium" : ""}`}>{label}</span>
        {count !== null && (
          <span className={`text-meta ${count === 0 ? "text-ink-3" : "text-ink-2"}`} title={wholeNumber(count)}>
            {approximate && count > 0 ? "≈" : ""}
            {shortNumber(count)}
          </span>
        )}
      </button>
    </li>
  );
}
