import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { toast } from "../../ui/toast.tsx";

/** Whatever changed, the case is read anew: also after a refusal, which often means that somebody else was faster. */
export function useCaseRefresh(): { onSettled: () => Promise<void> } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return { onSettled: () => queryClient.invalidateQueries(trpc.cases.pathFilter()) };
}

interface Pinning {
  pin: UseMutationResult<unknown, unknown, { caseId: string; eventIds: string[]; note?: string }>;
  unpin: UseMutationResult<unknown, unknown, { caseId: string; eventId: string }>;
}

/** Pins and unpins from rows, where there is no form that could say why it was refused. */
export function usePinning(): Pinning {
  const trpc = useTRPC();
  const refresh = useCaseRefresh();
  const told = { ...refresh, onError: (error: unknown) => toast(readApiError(error).message) };
  return { pin: useMutation(trpc.cases.pin.mutationOptions(told)), unpin: useMutation(trpc.cases.unpin.mutationOptions(told)) } as Pinning;
}
