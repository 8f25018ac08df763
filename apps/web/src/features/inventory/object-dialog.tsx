import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { DescriptionField, NameField } from "../../ui/named-fields.tsx";
import type { SharedObject, ShownKind } from "./shared-objects-page.tsx";

interface ObjectDialogProps {
  kind: ShownKind;
  /** Null makes a new one. */
  object: SharedObject | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function ObjectDialog({ kind, object, onClose, onSaved }: ObjectDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const suggestions = useId();
  const [name, setName] = useState(object?.name ?? "");
  const [description, setDescription] = useState(object?.description ?? "");
  const [what, setWhat] = useState(object?.kind ?? "");
  const [externalId, setExternalId] = useState("");
  const done = {
    onSuccess: async ({ id }: { id: string }) => {
      await Promise.all([queryClient.invalidateQueries(trpc[kind.area].pathFilter()), queryClient.invalidateQueries(trpc.access.pathFilter())]);
      onSaved(id);
    },
  };
  const create = useMutation(trpc[kind.area].create.mutationOptions(done));
  const update = useMutation(trpc[kind.area].update.mutationOptions(done));
  const failed = create.error ?? update.error;
  return (
    <FormDialog
      title={object ? `Edit ${object.name}` : `New ${kind.noun}`}
      submit={object ? "Save" : `Create ${kind.noun}`}
      error={failed}
      isPending={create.isPending || update.isPending}
      onClose={onClose}
      onSubmit={() => {
        const draft = { name: name.trim(), description: description.trim(), kind: what.trim() };
        if (object) update.mutate({ objectId: object.id, ...draft });
        else create.mutate({ ...draft, ...(externalId.trim() !== "" && { externalId: externalId.trim() }) });
      }}
    >
      <NameField value={name} onChange={setName} />
      {kind.suggestedKinds.length > 0 && (
        <Field label="Kind" hint="What it connects to; choose one or write your own.">
          {(control) => (
            <>
              <input
                {...control}
                list={suggestions}
                maxLength={60}
                autoComplete="off"
                placeholder={kind.suggestedKinds[0]}
                className="control"
                value={what}
                onChange={(event) => setWhat(event.target.value)}
              />
              <datalist id={suggestions}>
                {kind.suggestedKinds.map((each) => (
                  <option key={each} value={each} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
      <DescriptionField value={description} onChange={setDescription} hint="What is in it, for whoever decides who may use it." />
      {object === null && (
        <Field label="External id" hint={`Only if a product keeps this ${kind.noun} by the API: its id there. It cannot be changed later.`}>
          {(control) => (
            <input
              {...control}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className="control mono"
              value={externalId}
              onChange={(event) => setExternalId(event.target.value)}
            />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
