import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc.ts";
import { useOrganization } from "../../../shell/organization.tsx";
import type { Scope } from "../logs-search.ts";

/** What the teams are called that a filter names: asked only when one does. */
export function useTeamNames({ logType, filter }: Scope, wanted: boolean): ReadonlyMap<string, string> {
  const trpc = useTRPC();
  const { teams } = useOrganization();
  const found = useQuery(trpc.events.teams.queryOptions({ logType, filter }, { enabled: wanted, staleTime: 60_000 }));
  return new Map([...(found.data?.teams ?? []).map(({ value, label }) => [value, label] as const), ...teams.map(({ id, name }) => [id, name] as const)]);
}
