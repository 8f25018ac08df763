import type { FacetKey } from "@daybook/query";
import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ErrorPanel } from "../../../ui/state-panel.tsx";
import { FacetRow } from "./facet-row.tsx";
import { inPreviousOrder, type Choice, type FacetValue } from "./facets.ts";
import { groupTitles } from "./filter-words.ts";

/** So many rows at first, and so many more at each press of the button. */
const rowsAtOnce = 10;
const searchFrom = 9;

interface FacetGroupProps {
  name: FacetKey;
  values: readonly FacetValue[];
  choice: Choice;
  exact: boolean;
  /** The server has more values than it sent. */
  more: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** Asks the server for values that hold this text, where it has more than it sent. */
  onSearch: (text: string) => void;
  onToggle: (value: string) => void;
  onOnly: (value: string) => void;
  onExclude: (value: string) => void;
  onClear: () => void;
  loading?: boolean;
  error?: { cause: unknown; onRetry: () => void } | null;
  /** Choices that are no values of this key: "Me". */
  first?: ReactNode;
}

export function FacetGroup({
  name,
  values,
  choice,
  exact,
  more,
  open,
  onOpen,
  onSearch,
  onClear,
  loading = false,
  error = null,
  first,
  ...acts
}: FacetGroupProps) {
  const [shownMax, setShownMax] = useState(rowsAtOnce);
  const [text, setText] = useState("");
  const [order, setOrder] = useState<readonly string[]>([]);
  const placed = inPreviousOrder(order, values);
  const counted = values.some(({ count }) => count !== null);
  if (counted && (placed.length !== order.length || placed.some(({ value }, index) => value !== order[index]))) setOrder(placed.map(({ value }) => value));
  // A field that went with every narrower search would take the rows from under the pointer.
  const [findable, setFindable] = useState(false);
  if (!findable && (more || values.length >= searchFrom)) setFindable(true);
  const active = (value: string) => choice.chosen.includes(value) || choice.excluded.includes(value);
  const found = placed.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(text.toLowerCase()));
  const shown = found.filter(({ value }, index) => index < shownMax || active(value));
  const hidden = found.length - shown.length;
  const title = groupTitles[name];
  const count = choice.chosen.length + choice.excluded.length;
  return (
    <section aria-label={`Filter by ${title.toLowerCase()}`} data-facet={name} className="border-b px-2 py-1 last:border-0">
      <div className="flex items-center">
        <h2 className="flex-1">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => onOpen(!open)}
            className="touch inset-focus flex h-7 w-full items-center gap-1 rounded-chip px-1 text-meta font-semibold text-ink-2 hover:text-ink"
          >
            <ChevronRight size={12} aria-hidden className={open ? "rotate-90" : ""} />
            {title}
            {!open && count > 0 && <span className="rounded-chip bg-selected px-1 font-medium text-ink">{count}</span>}
          </button>
        </h2>
        {count > 0 && (
          <button type="button" onClick={onClear} aria-label={`Clear ${title.toLowerCase()}`} className="link h-6 px-1 text-meta">
            Clear
          </button>
        )}
      </div>
      {open && error && <ErrorPanel dense error={error.cause} what={title} onRetry={error.onRetry} />}
      {open && !error && (
        <>
          {findable && (
            <input
              aria-label={`Find in ${title.toLowerCase()}`}
              placeholder="Find…"
              autoComplete="off"
              spellCheck={false}
              className="control mb-1 h-7"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                onSearch(event.target.value);
              }}
            />
          )}
          {/* Counts are mostly of as many rows as are shown at once: their room is kept while they are on their way. */}
          <ul className={loading && values.length === 0 ? "min-h-[280px]" : undefined}>
            {text === "" && first}
            {shown.map((value) => (
              <FacetRow
                key={value.value}
                name={name}
                value={value}
                state={choice.chosen.includes(value.value) ? "chosen" : choice.excluded.includes(value.value) ? "excluded" : "neither"}
                exact={exact}
                {...acts}
              />
            ))}
          </ul>
          {found.length === 0 && <p className="px-1 py-1 text-meta text-ink-3">{loading ? "Counting…" : values.length === 0 ? "None" : "No match"}</p>}
          {hidden > 0 && (
            <button type="button" onClick={() => setShownMax(shownMax + rowsAtOnce)} className="link h-7 px-1 text-meta">
              {hidden} more
            </button>
          )}
          {hidden === 0 && more && text === "" && <p className="px-1 py-1 text-meta text-ink-3">There are more. Find them by name.</p>}
        </>
      )}
    </section>
  );
}
