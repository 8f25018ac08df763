import type { ReactNode } from "react";
import { readApiError } from "./api-error.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FormError } from "./field.tsx";

interface FormDialogProps {
  title: string;
  /** What the button says: the outcome. */
  submit: string;
  /** Why the server refused it the last time. */
  error: unknown;
  isPending: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: its fields, the one sentence when it was refused, Cancel and the button that does it. */
export function FormDialog({ title, submit, error, isPending, onSubmit, onClose, children }: FormDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {error !== null && error !== undefined && <FormError>{readApiError(error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isPending}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The end of a form that may be higher than the window: its buttons stay in sight, and with them why the server refused it. */
export function FormEnd({ error, children }: { error: unknown; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 -mx-4 -mb-4 flex flex-col gap-2 border-t bg-bg p-4">
      {error ? <FormError>{readApiError(error).message}</FormError> : null}
      <div className="flex justify-end gap-2">{children}</div>
    </div>
  );
}
