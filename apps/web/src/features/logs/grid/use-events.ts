import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTRPC, useTRPCClient } from "../../../trpc.ts";
import { EventList, pageRows, type AskPage, type EventPage, type ListState } from "./event-list.ts";
import { shownRows } from "./fold.ts";
import type { Scope } from "../logs-search.ts";

interface Found {
  head: EventPage;
  list: EventList;
  tookMs: number;
}

const nothing: ListState = { slots: [], ends: new Map(), older: { is: "idle" }, isWhole: true, gapError: undefined };
const noState = (): ListState => nothing;
const never = (): (() => void) => () => {};

/** The list of one scope: its first page is a query like any other, and what follows it lives in the list that the page began. */
export function useEvents(scope: Scope, generation: number, fold: boolean) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = [...trpc.events.list.pathKey(), "list", scope, generation];
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Found> => {
      const ask: AskPage = (cursor, until, limit = pageRows) =>
        client.events.list.query({ ...scope, limit, ...(cursor === undefined ? {} : { cursor }) }, { signal: until });
      const began = performance.now();
      const head = await ask(undefined, signal);
      return { head, list: new EventList(head, ask), tookMs: performance.now() - began };
    },
    // A list grows by itself; Refresh begins a new one.
    staleTime: Infinity,
    refetchOnMount: false,
    refetchOnReconnect: false,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  const list = query.data?.list;
  const state = useSyncExternalStore(list?.subscribe ?? never, list?.state ?? noState);
  useEffect(() => () => list?.rest(), [list]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => shownRows(state, fold, opened), [state, fold, opened]);
  return {
    query,
    list,
    state,
    rows,
    completeUntil: query.data?.head.completeUntil ?? null,
    tookMs: query.data?.tookMs ?? null,
    /** The rows are those of the search before: what was asked for is under way, or was cancelled. */
    isStale: query.isPlaceholderData,
    isCancelled: query.fetchStatus === "idle" && query.isPlaceholderData && !query.isError,
    cancel: () => void queryClient.cancelQueries({ queryKey }),
    opened,
    /** Shows or hides what is folded into a row. */
    toggle: (id: string) => setOpened((held) => (held.has(id) ? new Set([...held].filter((each) => each !== id)) : new Set([...held, id]))),
  };
}

export type Events = ReturnType<typeof useEvents>;
