import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { forgetSession } from "../../shell/session.ts";
import { useTRPC, type inferInput, type Trpc } from "../../trpc.ts";

interface Accept {
  busy: boolean;
  error: unknown;
  accept: (input: inferInput<Trpc["invitations"]["accept"]>) => void;
}

/** Accepts, and goes to the organization; without a session to the sign-in, which leads there. */
export function useAccept(): Accept {
  const trpc = useTRPC();
  const router = useRouter();
  const { mutate, isPending, error } = useMutation(
    trpc.invitations.accept.mutationOptions({
      onSuccess: ({ organization, signedIn }) => {
        forgetSession();
        const home = `/o/${organization.slug}`;
        router.history.push(signedIn ? home : `/sign-in?next=${encodeURIComponent(home)}`);
      },
    }),
  );
  return { busy: isPending, error, accept: (input) => mutate(input) };
}
