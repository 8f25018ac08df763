import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useRenewedSession } from "../../shell/use-renewed-session.ts";
import { useTRPC } from "../../trpc.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { DescriptionField, NameField } from "../../ui/named-fields.tsx";
import type { Team } from "./use-team.ts";

/** Makes a team, or changes what one is called. */
export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { slug: org } = useOrganization();
  const renew = useRenewedSession();
  const [name, setName] = useState(team?.name ?? "");
  const [description, setDescription] = useState(team?.description ?? "");
  const create = useMutation(
    trpc.teams.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries(trpc.teams.pathFilter());
        await navigate({ to: "/o/$org/teams/$team", params: { org, team: id } });
      },
    }),
  );
  const update = useMutation(
    trpc.teams.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.teams.pathFilter());
        onClose();
        await renew();
      },
    }),
  );
  const failed = create.error ?? update.error;
  return (
    <FormDialog
      title={team ? `Edit ${team.name}` : "New team"}
      submit={team ? "Save" : "Create team"}
      error={failed}
      isPending={create.isPending || update.isPending}
      onClose={onClose}
      onSubmit={() => {
        const words = { name: name.trim(), description: description.trim() };
        if (team) update.mutate({ teamId: team.id, ...words });
        else create.mutate(words);
      }}
    >
      <NameField value={name} onChange={setName} />
      <DescriptionField value={description} onChange={setDescription} hint="What the team is for. May stay empty." />
    </FormDialog>
  );
}
