import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { doorOf } from "../../trpc.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { NameField } from "../../ui/named-fields.tsx";
import { knownZones } from "../../ui/zone-time.ts";

const zones = knownZones();

interface NewOrganizationDialogProps {
  /** One that the reader owns: on its behalf the other is founded. */
  owned: { id: string; timeZone: string };
  onFounded: (slug: string) => void;
  onClose: () => void;
}

export function NewOrganizationDialog({ owned, onFounded, onClose }: NewOrganizationDialogProps) {
  const [name, setName] = useState("");
  const [timeZone, setTimeZone] = useState(owned.timeZone);
  const create = useMutation({
    mutationFn: () => doorOf(owned.id).client.organization.create.mutate({ name: name.trim(), timeZone }),
    onSuccess: ({ slug }) => onFounded(slug),
  });
  return (
    <FormDialog
      title="New organization"
      submit="Create organization"
      error={create.error}
      isPending={create.isPending}
      onClose={onClose}
      onSubmit={() => create.mutate()}
    >
      <p className="text-ink-2">It has members, teams, tokens and a log of its own, and shares nothing with your others. You become its owner.</p>
      <NameField value={name} onChange={setName} />
      <Field label="Time zone">{(control) => <Combobox {...control} value={timeZone} options={zones} onChange={setTimeZone} />}</Field>
    </FormDialog>
  );
}
