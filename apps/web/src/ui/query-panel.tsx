import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorPanel, Skeleton } from "./state-panel.tsx";

interface QueryPanelProps<T> {
  query: UseQueryResult<T, unknown>;
  what: string;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Loading, empty, error and ready of one request, said the same way everywhere. */
export function QueryPanel<T>({ query, what, isEmpty, empty, children }: QueryPanelProps<T>) {
  if (query.data === undefined) {
    if (query.isError)
      return (
        <section data-state="error">
          <ErrorPanel error={query.error} what={what} onRetry={() => void query.refetch()} />
        </section>
      );
    return (
      <section data-state="loading">
        <Skeleton />
      </section>
    );
  }
  if (isEmpty?.(query.data)) return <section data-state="empty">{empty}</section>;
  return (
    <section data-state={query.isError ? "stale" : "ready"}>
      {query.isError && <ErrorPanel dense error={query.error} what={what} onRetry={() => void query.refetch()} />}
      {children(query.data)}
    </section>
  );
}
