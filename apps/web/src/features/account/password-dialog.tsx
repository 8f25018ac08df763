import { useState, type ReactNode } from "react";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { PasswordInput } from "../../ui/password-input.tsx";

interface PasswordDialogProps {
  title: string;
  /** Says the outcome. */
  act: string;
  danger?: boolean;
  hasPassword: boolean;
  busy: boolean;
  error: unknown;
  onSubmit: (password: string | undefined) => void;
  onClose: () => void;
  children: ReactNode;
}

/** What changes how somebody signs in takes their password, so that a session left open on a desk is not enough. */
export function PasswordDialog({ title, act, danger = false, hasPassword, busy, error, onSubmit, onClose, children }: PasswordDialogProps) {
  const [password, setPassword] = useState("");
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(hasPassword ? password : undefined);
        }}
      >
        <div className="flex flex-col gap-3 text-pretty">{children}</div>
        {hasPassword && (
          <Field label="Your password">
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" value={password} onChange={setPassword} />}
          </Field>
        )}
        {error ? <FormError>{readApiError(error).message}</FormError> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={danger ? "danger" : "primary"} disabled={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
