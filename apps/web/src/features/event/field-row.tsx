import { hiddenText } from "@daybook/policy";
import { useState, type ReactNode } from "react";
import { IconButton } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ExcludeIcon, IncludeIcon } from "../../ui/line-icon.tsx";
import { wholeNumber } from "../../ui/numbers.ts";
import type { DetailField } from "./detail-fields.tsx";
import type { FieldFilter, FilterHow } from "./event-filter.ts";

export type FilterBy = (filter: FieldFilter, how: FilterHow) => void;

/** One field with what can be done with it: ask for its value, rule it out, copy it. `name` sets its buttons apart from others of the same label. */
export function FieldRow({ field, name, onFilter }: { field: DetailField; name?: string; onFilter: FilterBy }) {
  const { label, text, filter } = field;
  const what = name ?? label.toLowerCase();
  const isHidden = text === hiddenText;
  const shown = isHidden ? <span className="text-ink-3">Hidden from you</span> : (field.shown ?? <LongText text={text} />);
  return (
    <div className="flex min-h-8 items-start border-b py-1 last:border-0" data-field={what}>
      <dt className="w-[116px] shrink-0 pt-[3px] break-words text-ink-2 max-sm:w-[96px]">{label}</dt>
      <dd className="min-w-0 flex-1 pt-[3px] break-words">{shown}</dd>
      <dd className="flex shrink-0">
        {filter && !isHidden && filter.value !== hiddenText && (
          <>
            <IconButton label={`Include ${what} ${short(filter.value)}`} className="size-6 text-ink-3" onClick={() => onFilter(filter, "include")}>
              <IncludeIcon />
            </IconButton>
            <IconButton label={`Exclude ${what} ${short(filter.value)}`} className="size-6 text-ink-3" onClick={() => onFilter(filter, "exclude")}>
              <ExcludeIcon />
            </IconButton>
          </>
        )}
        {!isHidden && <CopyButton text={text} what={what} className="text-ink-3" />}
      </dd>
    </div>
  );
}

const nameMax = 60;
const short = (text: string): string => (text.length > nameMax ? `${text.slice(0, nameMax)}…` : text);

const shownMax = 400;

/** A long text shows its beginning: two megabytes of it take a second to lay out. */
export function LongText({ text, mono = false }: { text: string; mono?: boolean }): ReactNode {
  const [all, setAll] = useState(false);
  const look = mono ? "mono" : "";
  if (all || text.length <= shownMax) return <span className={look}>{text}</span>;
  return (
    <>
      <span className={look}>{text.slice(0, shownMax)}…</span>{" "}
      <button type="button" className="link text-meta" onClick={() => setAll(true)}>
        all {wholeNumber(text.length)} characters
      </button>
    </>
  );
}
