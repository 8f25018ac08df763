import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { DescriptionField, NameField } from "../../ui/named-fields.tsx";

export type ServiceUser = inferOutput<Trpc["serviceUsers"]["list"]>[number];
type Owner = { teamId: string } | { userId: string } | null;

/** Makes a service user, or changes what one is called and who answers for it. */
export function ServiceUserDialog({ serviceUser, onClose }: { serviceUser: ServiceUser | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(serviceUser?.name ?? "");
  const [description, setDescription] = useState(serviceUser?.description ?? "");
  const [owner, setOwner] = useState(serviceUser?.owner ? `${serviceUser.owner.type}:${serviceUser.owner.id}` : "");
  const done = {
    onSuccess: async () => {
      await Promise.all([trpc.serviceUsers, trpc.tokens].map((area) => queryClient.invalidateQueries(area.pathFilter())));
      onClose();
    },
  };
  const create = useMutation(trpc.serviceUsers.create.mutationOptions(done));
  const update = useMutation(trpc.serviceUsers.update.mutationOptions(done));
  const failed = create.error ?? update.error;
  return (
    <FormDialog
      title={serviceUser ? `Edit ${serviceUser.name}` : "New service user"}
      submit={serviceUser ? "Save" : "Create service user"}
      error={failed}
      isPending={create.isPending || update.isPending}
      onClose={onClose}
      onSubmit={() => {
        const words = { name: name.trim(), description: description.trim(), owner: ownerOf(owner) };
        if (serviceUser) update.mutate({ serviceUserId: serviceUser.id, ...words });
        else create.mutate(words);
      }}
    >
      <NameField value={name} onChange={setName} hint="As the log shows it, such as svc-dbt." />
      <DescriptionField value={description} onChange={setDescription} hint="What it does. May stay empty." />
      <OwnerField value={owner} onChange={setOwner} />
    </FormDialog>
  );
}

function OwnerField({ value, onChange }: { value: string; onChange: (owner: string) => void }) {
  const trpc = useTRPC();
  const owners = useQuery(trpc.serviceUsers.owners.queryOptions());
  return (
    <Field
      label="Owner"
      hint="Who answers for it. Admins of an owning team see its changes in the team’s log."
      error={owners.isError ? "Teams and members could not be loaded." : null}
    >
      {(control) => (
        <select {...control} className="control" disabled={!owners.data} value={owners.data ? value : ""} onChange={(event) => onChange(event.target.value)}>
          <option value="">{owners.isPending ? "Loading…" : "Nobody yet"}</option>
          {owners.data && owners.data.teams.length > 0 && (
            <optgroup label="Teams">
              {owners.data.teams.map((team) => (
                <option key={team.id} value={`team:${team.id}`}>
                  {team.name}
                </option>
              ))}
            </optgroup>
          )}
          {owners.data && (
            <optgroup label="Members">
              {owners.data.members.map((member) => (
                <option key={member.id} value={`user:${member.id}`}>
                  {member.name} ({member.email})
                </option>
              ))}
            </optgroup>
          )}
        </select>
      )}
    </Field>
  );
}

function ownerOf(value: string): Owner {
  const [type, id = ""] = value.split(":");
  if (type === "team") return { teamId: id };
  return type === "user" ? { userId: id } : null;
}
