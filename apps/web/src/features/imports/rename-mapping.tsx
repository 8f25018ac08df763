import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import type { SavedMapping } from "./import-types.ts";

export function RenameMapping({ mapping }: { mapping: SavedMapping }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="dense" aria-label={`Rename ${mapping.name}`} onClick={() => setAsking(true)}>
        Rename…
      </Button>
      {asking && <RenameDialog mapping={mapping} onClose={() => setAsking(false)} />}
    </>
  );
}

function RenameDialog({ mapping, onClose }: { mapping: SavedMapping; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(mapping.name);
  const rename = useMutation(
    trpc.mappings.update.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries(trpc.mappings.pathFilter());
      },
    }),
  );
  return (
    <Dialog title={`Rename the mapping ${mapping.name}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ mappingId: mapping.id, name: name.trim(), mapping: mapping.mapping });
        }}
      >
        <Field label="Name" hint="The source of its events stays as it is, so that files that were imported before are still known.">
          {(control) => <input {...control} required maxLength={100} className="control" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        {rename.isError && <FormError>{readApiError(rename.error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={rename.isPending || name.trim() === "" || name.trim() === mapping.name}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
