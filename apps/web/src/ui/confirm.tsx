import type { ReactNode } from "react";
import { readApiError } from "./api-error.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FormError } from "./field.tsx";

interface ConfirmProps {
  title: string;
  /** Says the outcome: "Delete 412,003 events". */
  act: string;
  busy: boolean;
  error: unknown;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** What will happen, in words, before it does. */
export function Confirm({ title, act, busy, error, danger = true, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <div>{children}</div>
        {error ? <FormError>{readApiError(error).message}</FormError> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look={danger ? "danger" : "primary"} disabled={busy} onClick={onConfirm}>
            {act}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
