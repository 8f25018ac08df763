import { useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { forgetSession } from "../../shell/session.ts";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { FrontDoor } from "../../ui/front-door.tsx";
import { PasswordInput } from "../../ui/password-input.tsx";
import { signIn, type SignInResult } from "./authentication.ts";
import { safeNext } from "./safe-next.ts";

// One sentence for an unknown user and a wrong password: the page never says which accounts exist.
const sentences: Record<Exclude<SignInResult, "signed_in">, string> = {
  refused: "The e-mail and the password do not belong together.",
  too_many: "Too many attempts. Wait a minute and try again.",
  unreachable: "The server cannot be reached. Try again.",
};

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    const result = await signIn(email.trim(), password);
    setBusy(false);
    if (result !== "signed_in") return setFailure(sentences[result]);
    forgetSession();
    router.history.push(safeNext(next, location.origin));
  };
  return (
    <FrontDoor title="Sign in">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="E-mail">
          {(control) => (
            <input
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              required
              className="control control-form"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" value={password} onChange={setPassword} />}
        </Field>
        {failure && <FormError>{failure}</FormError>}
        <Button type="submit" look="primary" disabled={busy} className="h-9 text-form">
          {busy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </FrontDoor>
  );
}
