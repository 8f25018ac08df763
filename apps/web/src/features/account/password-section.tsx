import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { PasswordInput } from "../../ui/password-input.tsx";
import { toast } from "../../ui/toast.tsx";
import { AccountSection } from "./account-section.tsx";
import { useRefreshAccount } from "./use-account.ts";

export function PasswordSection({ hasPassword }: { hasPassword: boolean }) {
  const [open, setOpen] = useState(false);
  const act = hasPassword ? "Change password" : "Set a password";
  return (
    <AccountSection
      title="Password"
      about={hasPassword ? "A new one ends every other session." : "You have none: you sign in another way."}
      action={<Button onClick={() => setOpen(true)}>{act}…</Button>}
    >
      {open && <ChangePassword title={act} hasPassword={hasPassword} onClose={() => setOpen(false)} />}
    </AccountSection>
  );
}

function ChangePassword({ title, hasPassword, onClose }: { title: string; hasPassword: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const lengthMin = useQuery(trpc.setup.passwordRules.queryOptions()).data?.lengthMin ?? 0;
  const [old, setOld] = useState("");
  const [wanted, setWanted] = useState("");
  const [tried, setTried] = useState(false);
  const long = [...wanted].length >= lengthMin;
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: async ({ sessionsEnded }) => {
        toast(sessionsEnded === 0 ? "Your password is changed." : `Your password is changed. ${plural(sessionsEnded, "other session")} ended.`);
        onClose();
        await refresh();
      },
    }),
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (long) change.mutate({ ...(hasPassword && { password: old }), newPassword: wanted });
        }}
      >
        {hasPassword && (
          <Field label="Your password now">
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" value={old} onChange={setOld} />}
          </Field>
        )}
        <Field
          label="New password"
          hint={lengthMin > 0 ? `${long ? "✓ " : ""}At least ${lengthMin} characters.` : undefined}
          error={tried && !long ? `The password needs ${lengthMin} characters or more.` : null}
        >
          {(control) => <PasswordInput {...control} name="new-password" autoComplete="new-password" value={wanted} onChange={setWanted} />}
        </Field>
        {change.isError && <FormError>{readApiError(change.error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={change.isPending}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
