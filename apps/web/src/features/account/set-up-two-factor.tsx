import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import { QrCode } from "./qr-code.tsx";
import { useRefreshAccount } from "./use-account.ts";

interface SetUpTwoFactorProps {
  hasPassword: boolean;
  onDone: (recoveryCodes: readonly string[]) => void;
  onClose: () => void;
}

/** The password, then the QR code, then a code of the app: only that one turns it on. */
export function SetUpTwoFactor({ hasPassword, onDone, onClose }: SetUpTwoFactorProps) {
  const trpc = useTRPC();
  const begin = useMutation(trpc.account.beginTwoFactor.mutationOptions());
  if (begin.data) return <ShowCode {...begin.data} onDone={onDone} onClose={onClose} />;
  return (
    <PasswordDialog
      title="Set up two-factor sign-in"
      act="Continue"
      hasPassword={hasPassword}
      busy={begin.isPending}
      error={begin.error}
      onSubmit={(password) => begin.mutate({ password })}
      onClose={onClose}
    >
      <p>You need an authenticator app on your telephone, or a password manager that makes codes.</p>
    </PasswordDialog>
  );
}

function ShowCode({ secret, uri, onDone, onClose }: { secret: string; uri: string } & Omit<SetUpTwoFactorProps, "hasPassword">) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const [code, setCode] = useState("");
  const enable = useMutation(
    trpc.account.enableTwoFactor.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onDone(recoveryCodes);
        await refresh();
      },
    }),
  );
  return (
    <Dialog title="Set up two-factor sign-in" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          enable.mutate({ code });
        }}
      >
        <p>Scan this with your authenticator app, or type the secret into it.</p>
        <div className="flex justify-center">
          <QrCode text={uri} label="QR code of the secret, for an authenticator app" />
        </div>
        <p className="flex items-center justify-center gap-1">
          <code data-totp-secret className="font-mono break-all">
            {secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}
          </code>
          <CopyButton text={secret} what="the secret" />
        </p>
        <Field label="Code of the app" hint="Six digits. It shows that the app and Daybook agree.">
          {(control) => (
            <input
              {...control}
              name="code"
              required
              inputMode="numeric"
              autoComplete="one-time-code"
              className="control control-form font-mono"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        {enable.isError && <FormError>{readApiError(enable.error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={enable.isPending}>
            Turn it on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
