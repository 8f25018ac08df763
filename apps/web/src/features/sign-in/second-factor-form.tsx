import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { showSecondFactor, type FailedBefore } from "./authentication.ts";
import { refusalWords } from "./sign-in-words.ts";

interface SecondFactorFormProps {
  onSignedIn: (failed: FailedBefore | null) => void;
  /** To the first step, with what there is to say. */
  onBack: (sentence: string | null) => void;
}

/** The second step: a code of the app, or a recovery code. */
export function SecondFactorForm({ onSignedIn, onBack }: SecondFactorFormProps) {
  const [kind, setKind] = useState<"code" | "recoveryCode">("code");
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // The field that had the focus is gone with the step, or the kind, before.
  useEffect(() => input.current?.focus(), [kind]);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    const result = await showSecondFactor(kind === "code" ? { code: typed } : { recoveryCode: typed });
    setBusy(false);
    if (result.outcome === "signed_in") return onSignedIn(result.failed);
    if (result.outcome === "second_factor") return;
    const sentence = refusalWords(result, "second_factor");
    if (result.outcome === "start_again") onBack(sentence);
    else setFailure(sentence);
  };
  const change = () => {
    setKind(kind === "code" ? "recoveryCode" : "code");
    setTyped("");
    setFailure(null);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        key={kind}
        label={kind === "code" ? "Code of your authenticator app" : "Recovery code"}
        hint={kind === "code" ? "Six digits, new every half minute." : "One of the ten codes that you kept. Each works once."}
      >
        {(control) => (
          <input
            {...control}
            ref={(input) => input?.focus()}
            required
            name={kind}
            autoComplete="one-time-code"
            inputMode={kind === "code" ? "numeric" : "text"}
            spellCheck={false}
            className="control control-form font-mono"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {failure && <FormError>{failure}</FormError>}
      <Button type="submit" look="primary" disabled={busy} className="h-9 text-form">
        {busy ? "Checking…" : "Continue"}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="plain" onClick={change}>
          {kind === "code" ? "Use a recovery code" : "Use the app"}
        </Button>
        <Button look="plain" onClick={() => onBack(null)}>
          Back
        </Button>
      </div>
    </form>
  );
}
