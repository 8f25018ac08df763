import { ChevronRight } from "lucide-react";
import { actorName } from "../../../../ui/actor-mark.tsx";
import { OperationMark } from "../operation-mark.tsx";
import type { CellProps, Column } from "./column.ts";
import { TookBar, tookMs } from "./duration.tsx";
import { lateWords, sentenceOf, whatMore } from "./sentence-words.ts";

/** What happened, in words; behind it what changed, or why it failed. The button of a folded row is found by what it is for: the list hears its clicks. */
export function Sentence({ row, inside, isOpened, namesActor, namesDuration }: CellProps) {
  const more = whatMore(row);
  const took = inside.length > 0 && !namesDuration ? tookMs(row, inside) : null;
  const late = lateWords(row);
  return (
    <>
      <OperationMark operation={row.operation} />
      {late && (
        <span className="chip shrink-0 rounded-chip bg-chip-pending px-1 text-meta text-pending" title="It was received so long after it happened.">
          {late}
        </span>
      )}
      <span className="truncate" title={`${row.description}\n${row.action}`}>
        {sentenceOf(row, namesActor)}
        {more && <span className={row.error ? "text-failed" : "text-ink-3"}> · {more}</span>}
      </span>
      {inside.length > 0 && (
        <button
          type="button"
          tabIndex={-1}
          data-act="unfold"
          aria-expanded={isOpened}
          className="inline-flex h-6 shrink-0 items-center gap-0.5 rounded-chip px-1 text-meta text-ink-2 hover:bg-selected hover:text-ink"
        >
          <ChevronRight size={12} aria-hidden className={isOpened ? "rotate-90" : ""} />
          {inside.length + 1} events
        </button>
      )}
      {took !== null && <TookBar ms={took} />}
    </>
  );
}

export const eventColumn: Column = {
  title: "Event",
  width: 420,
  min: 240,
  grows: true,
  text: (row) => `${actorName(row.actor)}: ${row.description}`,
  filter: ({ action }) => ({ key: "action", value: action }),
  plain: ({ row, namesActor }) => ({ text: sentenceOf(row, namesActor), className: "truncate pl-5" }),
  Cell: Sentence,
};
