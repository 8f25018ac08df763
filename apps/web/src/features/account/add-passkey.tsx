import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { Field } from "../../ui/field.tsx";
import { toast } from "../../ui/toast.tsx";
import { newPasskey, type NewPasskeyQuestion } from "../sign-in/passkey-browser.ts";
import { browserWords } from "./browser-words.ts";
import { PasswordDialog } from "./password-dialog.tsx";
import { useRefreshAccount } from "./use-account.ts";

const nameLengthMax = 100;

/** Three steps in one: the server asks, the browser answers, the server keeps it. */
export function AddPasskey({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const refresh = useRefreshAccount();
  const [name, setName] = useState(() => browserWords(navigator.userAgent));
  const add = useMutation({
    mutationKey: trpc.account.addPasskey.mutationKey(),
    mutationFn: async (password: string | undefined) => {
      const { options } = await client.account.beginPasskey.mutate({ password });
      const response = await newPasskey(options as NewPasskeyQuestion);
      if (response === null) throw new Error("No passkey was made. Try again.");
      if (response === "known_already") throw new Error("This device holds a passkey of yours already.");
      return client.account.addPasskey.mutate({ name: name.trim(), response });
    },
    onSuccess: async () => {
      toast("The passkey is added. You can sign in with it from now on.");
      onClose();
      await refresh();
    },
  });
  return (
    <PasswordDialog
      title="Add a passkey"
      act={add.isPending ? "Your browser is asking…" : "Add passkey"}
      hasPassword={hasPassword}
      busy={add.isPending}
      error={add.error}
      onSubmit={(password) => add.mutate(password)}
      onClose={onClose}
    >
      <Field label="Name" hint="So that you can tell your passkeys apart.">
        {(control) => (
          <input
            {...control}
            name="passkey-name"
            required
            maxLength={nameLengthMax}
            autoComplete="off"
            className="control control-form"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </PasswordDialog>
  );
}
