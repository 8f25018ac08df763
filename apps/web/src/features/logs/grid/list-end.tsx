import { Button } from "../../../ui/button.tsx";
import { ErrorPanel } from "../../../ui/state-panel.tsx";
import { Time } from "../../../ui/time.tsx";
import type { Asking } from "./event-list.ts";

interface ListEndProps {
  older: Asking;
  isWhole: boolean;
  isEmpty: boolean;
  /** The reader asked for part of the log. */
  isPart: boolean;
  onMore: () => void;
  onStop: () => void;
}

/** What stands below the last row: how far back was searched, what went wrong, or that this was all. */
export function ListEnd({ older, isWhole, isEmpty, isPart, onMore, onStop }: ListEndProps) {
  if (older.is === "failed") return <ErrorPanel dense error={older.error} what="Older events" onRetry={onMore} />;
  if (isEmpty) return null;
  return (
    <div data-older={older.is} className="flex min-h-10 flex-wrap items-center justify-center gap-x-3 gap-y-1 px-3 py-1 text-center text-meta text-ink-3">
      {older.is === "stopped" ? (
        <>
          <span>{older.searchedTo ? <SearchedTo at={older.searchedTo} /> : "The search was stopped"}.</span>
          <Button size="dense" onClick={onMore}>
            Search further back
          </Button>
        </>
      ) : older.is === "loading" && older.searchedTo ? (
        <>
          <span role="status">
            <SearchedTo at={older.searchedTo} />…
          </span>
          <Button size="dense" onClick={onStop}>
            Cancel
          </Button>
        </>
      ) : !isWhole ? (
        "Loading older events…"
      ) : isPart ? (
        "No older events match"
      ) : (
        "The beginning of the log"
      )}
    </div>
  );
}

const SearchedTo = ({ at }: { at: string }) => (
  <>
    Searched back to <Time at={at} />
  </>
);
