import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { knowsPasskeys } from "../sign-in/passkey-browser.ts";
import { AccountSection } from "./account-section.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { useRefreshAccount, type Account } from "./use-account.ts";

type Passkey = Account["passkeys"][number];

export function PasskeysSection({ account: { passkeys, hasPassword } }: { account: Account }) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  return (
    <AccountSection
      title="Passkeys"
      about="Sign in with your fingerprint, face or PIN instead of the password. A passkey works on this site alone, so no other site can ask for it."
      action={
        <Button
          disabled={!knowsPasskeys()}
          title={knowsPasskeys() ? undefined : "This browser knows no passkeys, or the page is not secure."}
          onClick={() => setAdding(true)}
        >
          Add a passkey…
        </Button>
      }
    >
      {passkeys.length === 0 ? (
        <p className="text-ink-2">You have none.</p>
      ) : (
        <Table label="Passkeys" columns={["Name", "Added", "Last used", ""]}>
          {passkeys.map((passkey) => (
            <tr key={passkey.id} data-passkey={passkey.id}>
              <td data-label="Name">
                <span className="break-words">{passkey.name}</span>
                {passkey.backedUp && <span className="text-ink-3"> · synchronized</span>}
              </td>
              <td data-label="Added">
                <Time at={passkey.createdAt} />
              </td>
              <td data-label="Last used">{passkey.lastUsedAt ? <Time at={passkey.lastUsedAt} as="relative" /> : "Never"}</td>
              <td className="text-right">
                <Button size="dense" aria-label={`Remove ${passkey.name}`} onClick={() => setRemoving(passkey)}>
                  Remove…
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {adding && <AddPasskey hasPassword={hasPassword} onClose={() => setAdding(false)} />}
      {removing && <RemovePasskey passkey={removing} onClose={() => setRemoving(null)} />}
    </AccountSection>
  );
}

function RemovePasskey({ passkey: { id, name }, onClose }: { passkey: Passkey; onClose: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const remove = useMutation(
    trpc.account.removePasskey.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <Confirm
      title="Remove this passkey?"
      act="Remove passkey"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id })}
      onClose={onClose}
    >
      <strong className="font-medium">{name}</strong> no longer opens your account. Delete it on your device as well, or it will still be offered to you.
    </Confirm>
  );
}
