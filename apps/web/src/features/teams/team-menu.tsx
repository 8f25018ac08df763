import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useRenewedSession } from "../../shell/use-renewed-session.ts";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { wholeNumber } from "../../ui/numbers.ts";
import { TeamDialog } from "./team-dialog.tsx";
import type { Team } from "./use-team.ts";

export function TeamMenu({ team }: { team: Team }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { slug: org } = useOrganization();
  const renew = useRenewedSession();
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpen(null);
  const remove = useMutation(
    trpc.teams.delete.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: "/o/$org/organization/teams", params: { org } });
        await queryClient.invalidateQueries(trpc.teams.list.pathFilter());
        await renew();
      },
    }),
  );
  return (
    <>
      <Menu
        trigger={
          <Button aria-label={`More for ${team.name}`}>
            <Ellipsis size={16} aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setOpen("edit")}>
          <Pencil size={14} aria-hidden />
          Edit name and description
        </MenuItem>
        <MenuItem onSelect={() => setOpen("delete")}>
          <Trash2 size={14} aria-hidden />
          Delete team…
        </MenuItem>
      </Menu>
      {open === "edit" && <TeamDialog team={team} onClose={close} />}
      {open === "delete" && (
        <Confirm
          title={`Delete ${team.name}?`}
          act="Delete team"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ teamId: team.id })}
          onClose={close}
        >
          Its members ({wholeNumber(team.memberCount)}) stay in the organization, and its admins no longer see its log. Its events stay and keep its name:
          owners and admins of the organization find them in the organization&apos;s log. A new team of the same name starts with a log of its own.
        </Confirm>
      )}
    </>
  );
}
