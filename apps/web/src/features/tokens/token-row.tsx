import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { EditTokenDialog } from "./edit-token-dialog.tsx";
import { RotateTokenDialog } from "./rotate-token-dialog.tsx";
import { LastUse, Note, Rights, Standing } from "./token-cells.tsx";
import type { Token } from "./token-words.ts";
import { searchFor } from "../logs/search-text.ts";

type Asked = { what: "rotate" | "edit" | "revoke" } | { what: "revoke_former"; id: string; prefix: string };

export function TokenRow({ token }: { token: Token }) {
  const { grants } = useOrganization();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const manages = grants.includes("tokens:manage");
  const gone = token.state === "revoked";
  return (
    <>
      <tr data-token={token.id} className={token.state === "active" ? undefined : "text-ink-3"}>
        <td data-label="Name" className="font-medium">
          <div className="min-w-0">
            {token.name}
            <span className="block mono font-normal text-ink-3">{token.prefix}…</span>
          </div>
        </td>
        <td data-label="It may">
          <Rights scopes={token.scopes}>
            {token.serviceUser && <Note>as {token.serviceUser.name}</Note>}
            {token.source && <Note>writes as app:{token.source}</Note>}
            {token.allowedCidrs.length > 0 && <Note>only from {token.allowedCidrs.join(", ")}</Note>}
          </Rights>
        </td>
        <td data-label="Created">
          <div className="min-w-0">
            <Time at={token.createdAt} as="day" />
            <Note>by {token.createdBy}</Note>
            {token.rotatedAt && (
              <Note>
                rotated <Time at={token.rotatedAt} as="day" />
              </Note>
            )}
          </div>
        </td>
        <td data-label="Last used">
          <LastUse {...token} />
        </td>
        <td data-label="Expires">
          <Standing {...token} />
        </td>
        <td>
          {manages && !gone && (
            <div className="flex items-center justify-end gap-1">
              <Button size="dense" aria-label={`Rotate ${token.name}`} onClick={() => setAsked({ what: "rotate" })}>
                Rotate…
              </Button>
              <Button size="dense" aria-label={`Revoke ${token.name}`} onClick={() => setAsked({ what: "revoke" })}>
                Revoke…
              </Button>
              <MoreOfToken token={token} onEdit={() => setAsked({ what: "edit" })} />
            </div>
          )}
          {asked?.what === "rotate" && <RotateTokenDialog token={token} onClose={close} />}
          {asked?.what === "edit" && <EditTokenDialog token={token} onClose={close} />}
          {asked?.what === "revoke" && <RevokeToken id={token.id} name={token.name} former={token.former.length} onClose={close} />}
          {asked?.what === "revoke_former" && <RevokeFormer id={asked.id} token={token} prefix={asked.prefix} onClose={close} />}
        </td>
      </tr>
      {token.former.map((former) => (
        <tr key={former.id} data-former-secret={former.id} className="bg-surface text-ink-2">
          <td data-label="Old secret" className="sm:pl-6!">
            <span className="mono">{former.prefix}…</span> <span className="hidden text-meta text-ink-3 sm:inline">old secret of {token.name}</span>
          </td>
          <td colSpan={2} className="max-sm:hidden! text-meta text-ink-3">
            Replaced by a rotation; works until it expires.
          </td>
          <td data-label="Last used">
            <LastUse {...former} />
          </td>
          <td data-label="Expires">{former.expiresAt && <Time at={former.expiresAt} />}</td>
          <td>
            {manages && (
              <div className="flex justify-end">
                <Button
                  size="dense"
                  aria-label={`Revoke the old secret ${former.prefix} of ${token.name}`}
                  onClick={() => setAsked({ what: "revoke_former", id: former.id, prefix: former.prefix })}
                >
                  End now…
                </Button>
              </div>
            )}
          </td>
        </tr>
      ))}
    </>
  );
}

function MoreOfToken({ token, onEdit }: { token: Token; onEdit: () => void }) {
  const { slug: org } = useOrganization();
  const navigate = useNavigate();
  const actor = token.serviceUser?.id ?? token.id;
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${token.name}`}>
          <EllipsisVertical size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={onEdit}>Name and networks…</MenuItem>
      <MenuItem onSelect={() => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "activity" }, search: { q: searchFor("actor", actor) } })}>
        View activity
      </MenuItem>
    </Menu>
  );
}

interface RevokeProps {
  id: string;
  onClose: () => void;
}

function useRevoke({ id, onClose }: RevokeProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: async () => {
        await Promise.all([trpc.tokens, trpc.serviceUsers].map((area) => queryClient.invalidateQueries(area.pathFilter())));
        onClose();
      },
    }),
  );
  return { busy: revoke.isPending, error: revoke.error, onConfirm: () => revoke.mutate({ tokenId: id }), onClose };
}

function RevokeToken({ name, former, ...rest }: RevokeProps & { name: string; former: number }) {
  return (
    <Confirm title={`Revoke ${name}?`} act="Revoke token" {...useRevoke(rest)}>
      Whoever uses it is refused within five seconds{former > 0 && ", with its old secret too"}. That cannot be undone, and it is recorded in the activity log.
    </Confirm>
  );
}

function RevokeFormer({ token, prefix, ...rest }: RevokeProps & { token: Token; prefix: string }) {
  return (
    <Confirm title={`End the old secret of ${token.name}?`} act="End old secret" {...useRevoke(rest)}>
      Whoever still uses <code>{prefix}…</code> is refused within five seconds; the new secret goes on. It is recorded in the activity log.
    </Confirm>
  );
}
