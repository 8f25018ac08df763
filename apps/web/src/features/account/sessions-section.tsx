import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { useNow } from "../../ui/use-now.ts";
import { failedWords } from "../sign-in/sign-in-words.ts";
import { AccountSection } from "./account-section.tsx";
import { browserWords } from "./browser-words.ts";
import { useRefreshAccount, type Account } from "./use-account.ts";

type Session = Account["sessions"][number];

const methodWords: Record<Session["method"], string> = {
  password: "Password",
  password_totp: "Password and code",
  recovery_code: "Password and recovery code",
  passkey: "Passkey",
  single_sign_on: "Single sign-on",
};

export function SessionsSection({ sessions }: { sessions: readonly Session[] }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const now = useNow();
  const [ending, setEnding] = useState(false);
  const end = useMutation(trpc.sessions.end.mutationOptions({ onSettled: refresh }));
  const others = sessions.filter(({ isThisOne }) => !isThisOne).length;
  const failed = sessions.find(({ isThisOne }) => isThisOne)?.failedBefore;
  return (
    <AccountSection
      title="Sessions"
      about="Where you are signed in. Ending one holds at once; one that is not used ends by itself after seven days."
      action={others > 0 && <Button onClick={() => setEnding(true)}>End all others…</Button>}
    >
      {failed && failed.lastAt !== null && (
        <p data-failed-before={failed.count} className="text-ink-2">
          {failedWords({ count: failed.count, lastAt: failed.lastAt }, now)}
        </p>
      )}
      {end.isError && <FormError>{readApiError(end.error).message}</FormError>}
      <Table label="Sessions" columns={["Browser", "Address", "Signed in", "Last active", ""]}>
        {sessions.map((session) => (
          <tr key={session.id} data-session={session.id}>
            <td data-label="Browser">
              <span title={session.userAgent ?? undefined}>{browserWords(session.userAgent)}</span>
              <span className="block text-meta text-ink-3">{methodWords[session.method]}</span>
            </td>
            <td data-label="Address">{session.ip ?? "Unknown"}</td>
            <td data-label="Signed in">
              <Time at={session.beganAt} />
            </td>
            <td data-label="Last active">{session.isThisOne ? "This one" : <Time at={session.lastActiveAt} as="relative" />}</td>
            <td className="text-right">
              {!session.isThisOne && (
                <Button
                  size="dense"
                  disabled={end.isPending}
                  aria-label={`End the session in ${browserWords(session.userAgent)}`}
                  onClick={() => end.mutate({ id: session.id })}
                >
                  End
                </Button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {ending && <EndOthers count={others} onClose={() => setEnding(false)} />}
    </AccountSection>
  );
}

function EndOthers({ count, onClose }: { count: number; onClose: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const end = useMutation(
    trpc.sessions.endOthers.mutationOptions({
      onSuccess: async ({ ended }) => {
        toast(`${plural(ended, "session")} ended.`);
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <Confirm
      title="End all other sessions?"
      act={`End ${plural(count, "session")}`}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate({})}
      onClose={onClose}
    >
      You stay signed in here. Everywhere else you have to sign in again.
    </Confirm>
  );
}
