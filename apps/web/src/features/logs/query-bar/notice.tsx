import { describeSearch, type Clause, type Problem } from "@daybook/query";
import { CircleAlert } from "lucide-react";
import { Marked } from "./marked.tsx";

const shownMax = 3;

interface NoticeProps {
  id: string;
  problems: readonly Problem[];
  /** What was understood; given while the rows are chosen by it. */
  clauses?: readonly Clause[];
  /** The rows are still those of the search before. */
  isUnapplied?: boolean;
  onFix: (text: string) => void;
}

/** Why a part is not understood, what could be meant, and what the rows show in the meantime. */
export function Notice({ id, problems, clauses, isUnapplied = false, onFix }: NoticeProps) {
  if (problems.length === 0) return null;
  const further = problems.length - shownMax;
  return (
    <div id={id} role="alert" data-query-problem className="flex items-start gap-2 px-3 py-2">
      <CircleAlert size={14} aria-hidden className="mt-0.5 shrink-0 text-failed" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {problems.slice(0, shownMax).map(({ from, message, fix }) => (
          <p key={`${from} ${message}`} className="break-words">
            <Marked text={message} />{" "}
            {fix && (
              <button type="button" onClick={() => onFix(fix.text)} className="link font-medium">
                <Marked text={fix.label} />
              </button>
            )}
          </p>
        ))}
        {further > 0 && <p className="text-ink-2">And {further} more.</p>}
        {clauses && (
          <p className="text-ink-2">
            {isUnapplied
              ? "The rows are still those of the search before."
              : clauses.length === 0
                ? "This part is left out: the rows are all events of the time range."
                : `This part is left out: the rows are those of ${describeSearch(clauses)}.`}
          </p>
        )}
      </div>
    </div>
  );
}
