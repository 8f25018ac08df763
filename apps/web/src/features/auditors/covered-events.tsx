import type { UseQueryResult } from "@tanstack/react-query";
import { readApiError } from "../../ui/api-error.ts";
import { wholeNumber } from "../../ui/numbers.ts";

/** What a grant would show, counted and in words, while it is put together. */
export function CoveredEvents({ query }: { query: UseQueryResult<{ events: number; exact: boolean; words: string }, unknown> }) {
  return (
    <p role="status" data-covered className={`rounded-card bg-surface px-3 py-2 ${query.isPlaceholderData ? "stale" : ""}`}>
      {query.isError ? (
        <span className="text-failed">{readApiError(query.error).message}</span>
      ) : query.data ? (
        <>
          Covers <strong className="font-medium">{covered(query.data)}</strong> now: <span className="text-ink-2">{query.data.words}</span>
        </>
      ) : (
        <span className="text-ink-3">Counting…</span>
      )}
    </p>
  );
}

const covered = ({ events, exact }: { events: number; exact: boolean }): string =>
  exact ? (events === 1 ? "1 event" : `${wholeNumber(events)} events`) : `${wholeNumber(events)} events or more`;
