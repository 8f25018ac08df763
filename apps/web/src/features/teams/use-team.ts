import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";

export type Team = inferOutput<Trpc["teams"]["get"]>;
export type TeamMember = inferOutput<Trpc["teams"]["members"]>["members"][number];

export function useTeam(teamId: string): UseQueryResult<Team, unknown> {
  const trpc = useTRPC();
  return useQuery(trpc.teams.get.queryOptions({ teamId }));
}
