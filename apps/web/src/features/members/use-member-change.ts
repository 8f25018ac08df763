import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Role } from "@daybook/policy";
import { useOpen } from "../../shell/organization.tsx";
import { useRenewedSession } from "../../shell/use-renewed-session.ts";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { plural } from "../../ui/numbers.ts";
import { toast } from "../../ui/toast.tsx";
import { roleTitle, type Member } from "./member-words.ts";

interface MemberChange {
  busy: boolean;
  error: unknown;
  /** Gives a role, and offers to give the one before back. */
  giveRole: (role: Role, onDone: () => void) => void;
  suspend: (onDone: () => void) => void;
  reinstate: () => void;
  remove: (onDone: () => void) => void;
  signOut: (onDone: () => void) => void;
}

/** The changes of one member. Those that can honestly be undone offer it: undoing is a change of its own, and recorded as one. */
export function useMemberChange({ userId, name }: Pick<Member, "userId" | "name">): MemberChange {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const renew = useRenewedSession();
  const { session } = useOpen();
  const onSuccess = async () => {
    await queryClient.invalidateQueries(trpc.members.pathFilter());
    // One's own role decides what the sidebar and the log show.
    if (userId === session.user.id) await renew();
  };
  const onError = (error: unknown) => toast(readApiError(error).message);
  const changeRole = useMutation(trpc.members.changeRole.mutationOptions({ onSuccess }));
  const suspending = useMutation(trpc.members.suspend.mutationOptions({ onSuccess }));
  const reinstating = useMutation(trpc.members.reinstate.mutationOptions({ onSuccess }));
  const removing = useMutation(trpc.members.remove.mutationOptions({ onSuccess }));
  const tell = (news: string, undo: () => Promise<unknown>) => toast(news, { label: "Undo", run: () => void undo().catch(onError) });
  const signingOut = useMutation(trpc.sessions.revokeMember.mutationOptions());
  const all = [changeRole, suspending, reinstating, removing, signingOut];
  return {
    busy: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error !== null)?.error ?? null,
    giveRole: (role, onDone) =>
      settled(changeRole.mutateAsync({ userId, role }), ({ before, grantsEnded }) => {
        const news = `${name} is now ${roleTitle(role)}.`;
        // Grants that ended with the role would not come back with it.
        if (grantsEnded > 0) toast(`${news} ${plural(grantsEnded, "grant")} as an auditor ended.`);
        else tell(news, () => changeRole.mutateAsync({ userId, role: before }));
        onDone();
      }),
    suspend: (onDone) =>
      settled(suspending.mutateAsync({ userId }), () => {
        tell(`${name} is suspended.`, () => reinstating.mutateAsync({ userId }));
        onDone();
      }),
    reinstate: () =>
      void reinstating
        .mutateAsync({ userId })
        .then(() => tell(`${name} has access again.`, () => suspending.mutateAsync({ userId })))
        .catch(onError),
    remove: (onDone) => settled(removing.mutateAsync({ userId }), onDone),
    signOut: (onDone) =>
      settled(signingOut.mutateAsync({ userId }), ({ ended }) => {
        toast(ended === 0 ? `${name} was signed in nowhere.` : `${name} is signed out. ${plural(ended, "session")} ended.`);
        onDone();
      }),
  };
}

/** A failure stands in the dialog that asked; the row itself may be gone from a filtered list once it is done. */
const settled = <T>(work: Promise<T>, onDone: (result: T) => void): void => void work.then(onDone, () => undefined);
