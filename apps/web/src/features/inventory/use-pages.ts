import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

interface Paged {
  nextCursor: string | null;
}

interface Pages<Page extends Paged> {
  key: readonly unknown[];
  ask: (page: { cursor?: string }, options: { signal: AbortSignal }) => Promise<Page>;
  enabled?: boolean;
}

/** A list that comes page by page; the rows of all pages that were asked for. */
export function usePages<Page extends Paged>({ key, ask, enabled = true }: Pages<Page>) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => ask(pageParam === undefined ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
}
