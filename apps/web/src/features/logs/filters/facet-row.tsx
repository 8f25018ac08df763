import { statuses } from "@daybook/event";
import type { KeyName } from "@daybook/query";
import { useState } from "react";
import { CheckIcon, MinusIcon } from "../../../ui/line-icon.tsx";
import { shortNumber, wholeNumber } from "../../../ui/numbers.ts";
import { statusLooks } from "../../../ui/status-mark.tsx";
import type { FacetValue } from "./facets.ts";

export type RowState = "chosen" | "excluded" | "neither";

interface FacetRowProps {
  name: KeyName;
  value: FacetValue;
  state: RowState;
  exact: boolean;
  onToggle: (value: string) => void;
  onOnly: (value: string) => void;
  onExclude: (value: string) => void;
}

/** The box adds a value to the choice, the name makes it the only one; Alt with either, the minus key or the minus button leaves it out. */
export function FacetRow({ name, value: { value, label, count }, state, exact, onToggle, onOnly, onExclude }: FacetRowProps) {
  const status = name === "status" ? statuses.find((each) => each === value) : undefined;
  const look = status && statusLooks[status];
  const excluded = state === "excluded";
  // The minus is seen only where the reader is, and forty hidden ones weigh on the page; once reached it stays, so that the focus never loses it.
  const [reached, setReached] = useState(() => matchMedia("(pointer: coarse)").matches);
  const reach = () => setReached(true);
  return (
    <li
      onPointerEnter={reach}
      onFocus={reach}
      data-value={value}
      data-choice={state}
      onKeyDown={(event) => {
        if (event.key !== "-" || event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        onExclude(value);
      }}
      className="group/row relative flex min-h-7 items-center rounded-chip hover:bg-hover"
    >
      <button
        type="button"
        role="checkbox"
        aria-checked={state === "chosen"}
        aria-label={excluded ? `${label}, left out` : label}
        aria-keyshortcuts="-"
        onClick={(event) => (event.altKey ? onExclude(value) : onToggle(value))}
        className={`touch inset-focus grid size-6 shrink-0 place-items-center rounded-chip ${state === "neither" ? "before:size-3.5 before:rounded-[3px] before:border before:border-control" : ""}`}
      >
        {state !== "neither" && (
          <span
            className={`grid size-3.5 place-items-center rounded-[3px] border ${excluded ? "border-danger bg-danger text-on-danger" : "border-accent bg-accent text-on-accent"}`}
          >
            {excluded ? <MinusIcon size={10} strokeWidth={3} /> : <CheckIcon size={10} strokeWidth={3} />}
          </span>
        )}
      </button>
      <button
        type="button"
        onClick={(event) => (event.altKey ? onExclude(value) : onOnly(value))}
        title={`Only ${label}`}
        aria-label={`Only ${label}`}
        className="touch inset-focus flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-chip px-1 text-left"
      >
        {look && <look.Icon size={13} strokeWidth={2.25} className={`shrink-0 ${look.ink}`} />}
        <span className={`flex-1 truncate ${excluded ? "text-ink-2 line-through" : state === "chosen" ? "font-medium" : ""}`}>{label}</span>
        {count !== null && (
          <span
            className={`text-meta group-focus-within/row:invisible group-hover/row:invisible pointer-coarse:visible! pointer-coarse:mr-7 ${count === 0 ? "text-ink-3" : "text-ink-2"}`}
            title={wholeNumber(count)}
          >
            {exact || count === 0 ? "" : "≈"}
            {shortNumber(count)}
          </span>
        )}
      </button>
      {reached && (
        <button
          type="button"
          onClick={() => onExclude(value)}
          aria-pressed={excluded}
          aria-label={`Leave out ${label}`}
          title={`Leave out ${label} (Alt-click)`}
          className="inset-focus invisible absolute right-0 grid size-6 place-items-center rounded-chip text-ink-2 group-focus-within/row:visible group-hover/row:visible hover:text-ink pointer-coarse:visible"
        >
          <MinusIcon size={13} />
        </button>
      )}
    </li>
  );
}
