import { keepPreviousData, useInfiniteQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import type { EventRow } from "@daybook/event";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { flatRows, insertLive, type EventPage } from "./event-pages.ts";
import type { Scope } from "./logs-search.ts";

const pageRows = 100;
type Pages = InfiniteData<EventPage, string | undefined>;

/** The list of one scope: keyset pages that are never fetched again by themselves, and live events put in their places. */
export function useEvents(scope: Scope, generation: number) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = [...trpc.events.list.pathKey(), "pages", scope, generation];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.events.list.query({ ...scope, limit: pageRows, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: EventPage) => page.nextCursor ?? undefined,
    // Refetching an infinite list asks for each of its pages again; Refresh starts a new list instead.
    staleTime: Infinity,
    refetchOnMount: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages ?? [];
  const insert = (arrived: readonly EventRow[]) =>
    queryClient.setQueryData<Pages>(queryKey, (held) => held && { ...held, pages: insertLive(held.pages, arrived) });
  return {
    query,
    rows: flatRows(pages),
    completeUntil: pages[0]?.completeUntil ?? null,
    lastSeq: pages[0]?.lastSeq ?? null,
    insert,
    isStale: query.isPlaceholderData,
  };
}
