import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";

type Token = inferOutput<Trpc["tokens"]["list"]>[number];

export function TokenRow({ token }: { token: Token }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.tokens.pathFilter());
      },
    }),
  );
  return (
    <tr data-token={token.id} className={token.revokedAt ? "text-ink-3" : undefined}>
      <td data-label="Name" className="font-medium">
        {token.name}
      </td>
      <td data-label="Token" className="mono whitespace-nowrap">
        {token.prefix}…
      </td>
      <td data-label="Scopes">
        {token.scopes.join(", ")}
        {token.source && <div className="text-meta text-ink-3">writes as app:{token.source}</div>}
        {token.allowedCidrs.length > 0 && <div className="text-meta text-ink-3">only from {token.allowedCidrs.join(", ")}</div>}
      </td>
      <td data-label="Created" className="whitespace-nowrap">
        <Time at={token.createdAt} as="day" /> <span className="text-ink-3">by {token.createdBy}</span>
      </td>
      <td data-label="Last used">{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : "Never"}</td>
      <td data-label="Expires">{token.expiresAt ? <Time at={token.expiresAt} as="day" /> : "Never"}</td>
      <td className="text-right">
        {token.revokedAt ? (
          <StateChip tone="neutral">Revoked</StateChip>
        ) : (
          <Button size="dense" aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>
            Revoke…
          </Button>
        )}
        {asking && (
          <Confirm
            title={`Revoke ${token.name}?`}
            act="Revoke token"
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={() => revoke.mutate({ tokenId: token.id })}
            onClose={() => setAsking(false)}
          >
            Whoever uses it is refused from this moment on. That cannot be undone, and it is recorded in the activity log.
          </Confirm>
        )}
      </td>
    </tr>
  );
}
