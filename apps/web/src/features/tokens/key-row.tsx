import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Time } from "../../ui/time.tsx";
import { LastUse, Note, Rights, Standing } from "./token-cells.tsx";

type Key = inferOutput<Trpc["keys"]["list"]>[number];

interface KeyRowProps {
  shown: Key;
  /** Whose it is, where the reader looks at others' keys. */
  owner?: { name: string; email: string };
  mayRevoke: boolean;
  /** What revoking it means, told before. */
  consequence: ReactNode;
}

/** One member's key: one's own, or one of all for who manages tokens. */
export function KeyRow({ shown: key, owner, mayRevoke, consequence }: KeyRowProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const onSuccess = async () => {
    await queryClient.invalidateQueries(trpc.keys.pathFilter());
    setAsking(false);
  };
  const revokeOwn = useMutation(trpc.keys.revoke.mutationOptions({ onSuccess }));
  const revokeAny = useMutation(trpc.keys.revokeAny.mutationOptions({ onSuccess }));
  const revoke = owner ? revokeAny : revokeOwn;
  return (
    <tr data-key={key.id} className={key.state === "active" ? undefined : "text-ink-3"}>
      <td data-label="Key" className="font-medium">
        <div className="min-w-0">
          {key.name}
          <span className="block mono font-normal text-ink-3">{key.prefix}…</span>
        </div>
      </td>
      {owner && (
        <td data-label="Member">
          <div className="min-w-0">
            {owner.name}
            <Note>{owner.email}</Note>
          </div>
        </td>
      )}
      <td data-label="It may">
        <Rights scopes={key.scopes}>{key.allowedCidrs.length > 0 && <Note>only from {key.allowedCidrs.join(", ")}</Note>}</Rights>
      </td>
      <td data-label="Created">
        <Time at={key.createdAt} as="day" />
      </td>
      <td data-label="Last used">
        <LastUse {...key} />
      </td>
      <td data-label="Expires">
        <Standing {...key} />
      </td>
      <td>
        {key.state !== "revoked" && mayRevoke && (
          <div className="flex justify-end">
            <Button size="dense" aria-label={owner ? `Revoke ${key.name} of ${owner.name}` : `Revoke ${key.name}`} onClick={() => setAsking(true)}>
              Revoke…
            </Button>
          </div>
        )}
        {asking && (
          <Confirm
            title={`Revoke ${key.name}?`}
            act="Revoke key"
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={() => revoke.mutate({ keyId: key.id })}
            onClose={() => setAsking(false)}
          >
            {consequence}
          </Confirm>
        )}
      </td>
    </tr>
  );
}
