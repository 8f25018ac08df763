import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { LastUse, Note, Rights, Standing } from "./token-cells.tsx";
import type { MemberKey } from "./token-words.ts";

/** Every member's keys, for who manages tokens. */
export function MemberKeys() {
  const trpc = useTRPC();
  const keys = useQuery(trpc.keys.listAll.queryOptions());
  return (
    <section aria-labelledby="member-keys" className="flex flex-col gap-2">
      <h2 id="member-keys" className="text-section">
        Keys of members
      </h2>
      <p className="max-w-[88ch] text-ink-2">
        Members make their own keys, under Account. A key acts for its member, reads no log, and ends with the membership.
      </p>
      <QueryPanel
        query={keys}
        what="Keys"
        isEmpty={(list) => list.length === 0}
        empty={<p className="rounded-card border px-4 py-6 text-center text-ink-3">No member has made a key.</p>}
      >
        {(list) => (
          <Table label="List of members’ keys" columns={["Key", "Member", "It may", "Last used", "Expires", ""]}>
            {list.map((key) => (
              <MemberKeyRow key={key.id} memberKey={key} />
            ))}
          </Table>
        )}
      </QueryPanel>
    </section>
  );
}

function MemberKeyRow({ memberKey: key }: { memberKey: MemberKey }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { grants } = useOrganization();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.keys.revokeAny.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.keys.pathFilter());
      },
    }),
  );
  return (
    <tr data-key={key.id} className={key.state === "active" ? undefined : "text-ink-3"}>
      <td data-label="Key" className="font-medium">
        <div className="min-w-0">
          {key.name}
          <span className="block mono font-normal text-ink-3">{key.prefix}…</span>
        </div>
      </td>
      <td data-label="Member">
        <div className="min-w-0">
          {key.member.name}
          <Note>{key.member.email}</Note>
        </div>
      </td>
      <td data-label="It may">
        <Rights scopes={key.scopes}>{key.allowedCidrs.length > 0 && <Note>only from {key.allowedCidrs.join(", ")}</Note>}</Rights>
      </td>
      <td data-label="Last used">
        <LastUse {...key} />
      </td>
      <td data-label="Expires">
        <Standing {...key} />
      </td>
      <td>
        {key.state !== "revoked" && grants.includes("tokens:manage") && (
          <div className="flex justify-end">
            <Button size="dense" aria-label={`Revoke ${key.name} of ${key.member.name}`} onClick={() => setAsking(true)}>
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
            It is {key.member.name}’s key: whatever they use it for is refused within five seconds. They can make another. It is recorded in the activity log.
          </Confirm>
        )}
      </td>
    </tr>
  );
}
