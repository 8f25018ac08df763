import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SettingsForm } from "../../forms/settings-form.tsx";
import { startingSettings } from "../../forms/settings-schema.ts";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";

type Kind = inferOutput<Trpc["sources"]["kinds"]>[number];

export function AddSourceDialog({ kinds, onClose }: { kinds: Kind[]; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [kindId, setKindId] = useState(kinds[0]?.id ?? "");
  const kind = kinds.find(({ id }) => id === kindId);
  const [name, setName] = useState(kind?.title ?? "");
  const [settings, setSettings] = useState(startingSettings(kind?.settingsSchema));
  const create = useMutation(
    trpc.sources.create.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.sources.pathFilter());
        onClose();
      },
    }),
  );
  const choose = (id: string) => {
    const chosen = kinds.find((each) => each.id === id);
    setKindId(id);
    setName(chosen?.title ?? "");
    setSettings(startingSettings(chosen?.settingsSchema));
  };
  return (
    <Dialog title="Add integration" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ kind: kindId, name: name.trim(), settings });
        }}
      >
        <Field label="Kind">
          {(control) => (
            <select {...control} className="control" value={kindId} onChange={(event) => choose(event.target.value)}>
              {kinds.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Name">
          {(control) => <input {...control} required className="control" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        {kind && <SettingsForm schema={kind.settingsSchema} value={settings} onChange={setSettings} />}
        {create.isError && <FormError>{readApiError(create.error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending || !kind}>
            Add integration
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
