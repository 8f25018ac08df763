import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { useSettled } from "../../ui/use-settled.ts";
import { wantsCustom, type Catalog } from "./catalog-rows.ts";
import type { CatalogSearch } from "./catalog-search.ts";

const typedSettlesMs = 250;

/** The custom actions page by page: of those there may be any number. They are asked for when there are some and the search can show them. */
export function useCustomActions(catalog: Catalog | undefined, search: CatalogSearch) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  // The first word narrows what the server sends; the list itself looks at all of them.
  const containing = useSettled(search.q?.trim().split(/\s+/)[0] ?? "", typedSettlesMs);
  const query = useInfiniteQuery({
    queryKey: [...trpc.catalog.custom.pathKey(), "pages", containing],
    queryFn: ({ pageParam, signal }) =>
      client.catalog.custom.query({ ...(containing === "" ? {} : { containing }), ...(pageParam === undefined ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: (catalog?.customCount ?? 0) > 0 && wantsCustom(search),
  });
  return { query, actions: query.data?.pages.flatMap(({ actions }) => actions) ?? [] };
}
