import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";

export type WholeEvent = inferOutput<Trpc["events"]["get"]>;

/** One event as a whole. It never changes, so it is asked for once. */
export function useEvent(id: string, teamId?: string): UseQueryResult<WholeEvent, unknown> {
  const trpc = useTRPC();
  return useQuery(trpc.events.get.queryOptions({ id, ...(teamId && { teamId }) }, { staleTime: Infinity }));
}
