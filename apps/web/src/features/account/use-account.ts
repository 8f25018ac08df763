import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";

export type Account = inferOutput<Trpc["account"]["get"]>;

export function useAccount(): UseQueryResult<Account, unknown> {
  return useQuery(useTRPC().account.get.queryOptions()) as UseQueryResult<Account, unknown>;
}

/** Shows the account as it is now, after something of it changed. */
export function useRefreshAccount(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(trpc.account.get.queryFilter());
}
