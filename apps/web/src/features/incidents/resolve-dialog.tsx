import { useState } from "react";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";

interface ResolveDialogProps {
  title: string;
  busy: boolean;
  error: unknown;
  onResolve: (note: string) => void;
  onClose: () => void;
}

export function ResolveDialog({ title, busy, error, onResolve, onClose }: ResolveDialogProps) {
  const [note, setNote] = useState("");
  return (
    <Dialog title="Resolve incident" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onResolve(note.trim());
        }}
      >
        <p>{title}</p>
        <Field label="Note" hint="What it was. Kept with the incident and in the activity log.">
          {(control) => <textarea {...control} rows={3} maxLength={1000} className="control" value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
        {error ? <FormError>{readApiError(error).message}</FormError> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy}>
            Resolve
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
