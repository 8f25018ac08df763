import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { FrontDoor } from "../../ui/front-door.tsx";
import { PasswordInput } from "../../ui/password-input.tsx";
import { resetPassword } from "./authentication.ts";

export function ResetPasswordPage() {
  const { token } = useParams({ from: "/reset-password/$token" });
  const trpc = useTRPC();
  const lengthMin = useQuery(trpc.setup.passwordRules.queryOptions()).data?.lengthMin ?? 0;
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const long = [...password].length >= lengthMin;
  const submit = async () => {
    if (!long) return setFailure(`The password needs ${lengthMin} characters or more.`);
    setBusy(true);
    const sentence = await resetPassword(token, password);
    setBusy(false);
    setFailure(sentence);
    setDone(sentence === null);
  };
  if (done)
    return (
      <FrontDoor title="Your new password is set">
        <p role="status">Every session that you had has ended.</p>
        <p className="mt-4">
          <Link to="/sign-in" className="text-accent underline underline-offset-2">
            Sign in with it
          </Link>
        </p>
      </FrontDoor>
    );
  return (
    <FrontDoor title="Set a new password" about="It ends every session that you have. A second factor stays on.">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="New password" hint={lengthMin > 0 ? `${long ? "✓ " : ""}At least ${lengthMin} characters.` : undefined}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" value={password} onChange={setPassword} />}
        </Field>
        {failure && <FormError>{failure}</FormError>}
        <Button type="submit" look="primary" disabled={busy} className="h-9 text-form">
          {busy ? "Setting…" : "Set the password"}
        </Button>
      </form>
      <p className="mt-4 text-center">
        <Link to="/forgot-password" className="text-accent underline underline-offset-2">
          Ask for a new link
        </Link>
      </p>
    </FrontDoor>
  );
}
