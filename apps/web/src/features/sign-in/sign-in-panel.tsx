import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { PasswordInput } from "../../ui/password-input.tsx";
import { signIn, signInWithPasskey, type FailedBefore, type SignInResult } from "./authentication.ts";
import { knowsPasskeys } from "./passkey-browser.ts";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { refusalWords } from "./sign-in-words.ts";
import { SingleSignOn } from "./single-sign-on.tsx";

interface SignInPanelProps {
  /** The path to open afterwards, for ways that leave the page. */
  next: string;
  /** Who was signed in here. */
  known?: string;
  onSignedIn: (failed: FailedBefore | null) => void;
}

/** Every way in, in one place: the page and the dialog over a page whose session ended are the same. */
export function SignInPanel({ next, known = "", onSignedIn }: SignInPanelProps) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [secondStep, setSecondStep] = useState(false);
  const attempt = async (step: "password" | "passkey", act: () => Promise<SignInResult>) => {
    setBusy(true);
    setFailure(null);
    const result = await act();
    setBusy(false);
    if (result.outcome === "signed_in") onSignedIn(result.failed);
    else if (result.outcome === "second_factor") setSecondStep(true);
    else setFailure(refusalWords(result, step));
  };
  const back = (sentence: string | null) => {
    setSecondStep(false);
    setPassword("");
    setFailure(sentence);
  };
  if (secondStep) return <SecondFactorForm onSignedIn={onSignedIn} onBack={back} />;
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt("password", () => signIn(email.trim(), password));
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
              autoFocus
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
      {knowsPasskeys() && (
        <Button disabled={busy} className="h-9 text-form" onClick={() => void attempt("passkey", signInWithPasskey)}>
          <KeyRound size={16} aria-hidden />
          Sign in with a passkey
        </Button>
      )}
      <SingleSignOn next={next} />
      <p className="text-center">
        <a href="/forgot-password" className="text-accent underline underline-offset-2">
          Forgot your password?
        </a>
      </p>
    </div>
  );
}
