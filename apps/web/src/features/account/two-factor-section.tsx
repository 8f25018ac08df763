import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { plural } from "../../ui/numbers.ts";
import { Time } from "../../ui/time.tsx";
import { AccountSection } from "./account-section.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetUpTwoFactor } from "./set-up-two-factor.tsx";
import { useRefreshAccount, type Account } from "./use-account.ts";

/** From here on somebody should make new ones. */
const codesLeftFew = 3;

export function TwoFactorSection({ account: { hasPassword, twoFactor } }: { account: Account }) {
  const [open, setOpen] = useState<"set_up" | "disable" | "renew" | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setOpen(null);
  const show = (made: readonly string[]) => {
    close();
    setCodes(made);
  };
  const { enabledAt, recoveryCodesLeft } = twoFactor;
  return (
    <AccountSection
      title="Two-factor sign-in"
      about="After the password, a code of an authenticator app on your telephone. Who knows your password alone does not get in."
      action={enabledAt === null && <Button onClick={() => setOpen("set_up")}>Set up…</Button>}
    >
      {enabledAt === null ? (
        <p data-two-factor="off" className="text-ink-2">
          It is off.
        </p>
      ) : (
        <div data-two-factor="on" className="flex flex-wrap items-center justify-between gap-3">
          <p>
            ✓ On since <Time at={enabledAt} as="day" />.{" "}
            <span className={recoveryCodesLeft <= codesLeftFew ? "text-failed" : "text-ink-2"}>
              {plural(recoveryCodesLeft, "recovery code")} left{recoveryCodesLeft <= codesLeftFew ? ": make new ones." : "."}
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setOpen("renew")}>New recovery codes…</Button>
            <Button onClick={() => setOpen("disable")}>Turn off…</Button>
          </div>
        </div>
      )}
      {open === "set_up" && <SetUpTwoFactor hasPassword={hasPassword} onDone={show} onClose={close} />}
      {open === "renew" && <RenewCodes hasPassword={hasPassword} onDone={show} onClose={close} />}
      {open === "disable" && <TurnOff hasPassword={hasPassword} onClose={close} />}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </AccountSection>
  );
}

function RenewCodes({ hasPassword, onDone, onClose }: { hasPassword: boolean; onDone: (codes: readonly string[]) => void; onClose: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const renew = useMutation(
    trpc.account.renewRecoveryCodes.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onDone(recoveryCodes);
        await refresh();
      },
    }),
  );
  return (
    <PasswordDialog
      title="New recovery codes"
      act="Make ten new codes"
      hasPassword={hasPassword}
      busy={renew.isPending}
      error={renew.error}
      onSubmit={(password) => renew.mutate({ password })}
      onClose={onClose}
    >
      <p>The codes that you have now stop working at once.</p>
    </PasswordDialog>
  );
}

function TurnOff({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const disable = useMutation(
    trpc.account.disableTwoFactor.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <PasswordDialog
      title="Turn two-factor sign-in off?"
      act="Turn it off"
      danger
      hasPassword={hasPassword}
      busy={disable.isPending}
      error={disable.error}
      onSubmit={(password) => disable.mutate({ password })}
      onClose={onClose}
    >
      <p>Your password alone will open your account. The recovery codes stop working. An organization that asks for a second factor will not open to you.</p>
    </PasswordDialog>
  );
}
