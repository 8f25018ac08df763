import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { FacetKey } from "@daybook/query";
import { useTRPC, type inferOutput, type Trpc } from "../../../trpc.ts";
import { useSettled } from "../../../ui/use-settled.ts";
import type { FacetValue } from "./facets.ts";
import type { Scope } from "../logs-search.ts";

export type Facets = inferOutput<Trpc["events"]["facets"]>;
export type FacetsQuery = UseQueryResult<Facets, unknown>;

/** Counted values of some keys. What was counted last stays until the new counts are there. */
export function useFacets(scope: Scope, keys: readonly FacetKey[], enabled = true): FacetsQuery {
  const trpc = useTRPC();
  return useQuery(trpc.events.facets.queryOptions({ ...scope, keys: [...keys] }, { placeholderData: keepPreviousData, enabled }));
}

const settleMs = 120;

/** Values that hold a text, of a group that has more of them than it shows. */
export function useFoundValues(scope: Scope, { key, text, enabled }: { key: FacetKey; text: string; enabled: boolean }): readonly FacetValue[] {
  const trpc = useTRPC();
  const asked = useSettled(text.trim(), settleMs);
  const found = useQuery(trpc.events.values.queryOptions({ ...scope, key, text: asked, limit: 20 }, { enabled: enabled && asked !== "", staleTime: 30_000 }));
  return asked === "" ? [] : (found.data?.values ?? []);
}
