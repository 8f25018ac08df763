import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { DescriptionField, NameField } from "../../ui/named-fields.tsx";
import { useAfterChange } from "../inventory/use-after-change.ts";

export type Group = inferOutput<Trpc["groups"]["get"]>;

interface GroupDialogProps {
  /** Null makes a new one. */
  group: Group | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function GroupDialog({ group, onClose, onSaved }: GroupDialogProps) {
  const trpc = useTRPC();
  const after = useAfterChange();
  const [name, setName] = useState(group?.name ?? "");
  const [description, setDescription] = useState(group?.description ?? "");
  const done = { ...after, onSuccess: ({ id }: { id: string }) => onSaved(id) };
  const create = useMutation(trpc.groups.create.mutationOptions(done));
  const update = useMutation(trpc.groups.update.mutationOptions(done));
  const failed = create.error ?? update.error;
  return (
    <FormDialog
      title={group ? `Edit ${group.name}` : "New group"}
      submit={group ? "Save" : "Create group"}
      error={failed}
      isPending={create.isPending || update.isPending}
      onClose={onClose}
      onSubmit={() => {
        const draft = { name: name.trim(), description: description.trim() };
        if (group) update.mutate({ groupId: group.id, ...draft });
        else create.mutate(draft);
      }}
    >
      <NameField value={name} onChange={setName} />
      <DescriptionField value={description} onChange={setDescription} hint="Who belongs into it." />
    </FormDialog>
  );
}
