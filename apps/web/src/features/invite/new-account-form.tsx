import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { PasswordInput } from "../../ui/password-input.tsx";
import { useAccept } from "./use-accept.ts";

/** Name and password make the account, the membership and the session in one step. */
export function NewAccountForm({ token, email }: { token: string; email: string }) {
  const trpc = useTRPC();
  const rules = useQuery(trpc.setup.passwordRules.queryOptions());
  const { busy, error, accept } = useAccept();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const lengthMin = rules.data?.lengthMin ?? 0;
  const long = [...password].length >= lengthMin;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (long) accept({ token, account: { name: name.trim(), password } });
      }}
    >
      {/* For the password manager: the account's address is not typed here. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <Field label="Your name">
        {(control) => (
          <input
            {...control}
            name="name"
            required
            maxLength={100}
            autoComplete="name"
            className="control control-form"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Choose a password"
        hint={rules.data ? `${long ? "✓ " : ""}At least ${lengthMin} characters.` : undefined}
        error={tried && !long ? `The password needs ${lengthMin} characters or more.` : null}
      >
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" value={password} onChange={setPassword} />}
      </Field>
      {error !== null && <FormError>{readApiError(error).message}</FormError>}
      <Button type="submit" look="primary" disabled={busy} className="h-9 text-form">
        {busy ? "Joining…" : "Create account and join"}
      </Button>
    </form>
  );
}
