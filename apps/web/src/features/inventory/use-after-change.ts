import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";

/** One change shows in many places: counts of lists, who may use what, what a group may use. */
export function useAfterChange(): { onSettled: () => Promise<unknown> } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const areas = [trpc.groups, trpc.collections, trpc.connections, trpc.access];
  return { onSettled: () => Promise.all(areas.map((area) => queryClient.invalidateQueries(area.pathFilter()))) };
}
