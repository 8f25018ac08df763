import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { FrontDoor } from "../../ui/front-door.tsx";
import { askForReset } from "./authentication.ts";

export function ForgotPasswordPage() {
  const [email, setEmail] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async () => {
    setBusy(true);
    const sentence = await askForReset(email.trim());
    setBusy(false);
    setFailure(sentence);
    if (sentence === null) setSentTo(email.trim());
  };
  if (sentTo !== null)
    return (
      <FrontDoor title="Look into your mail">
        <p role="status" className="text-pretty">
          If somebody here has the address <strong className="font-medium break-words">{sentTo}</strong>, a mail with a link is on its way to it. The link works
          for 60 minutes, once.
        </p>
        <p className="mt-3 text-pretty text-ink-2">No mail? Whoever runs this Daybook can give you a link: the server may have no way to send mail.</p>
        <BackToSignIn />
      </FrontDoor>
    );
  return (
    <FrontDoor title="Forgot your password?" about="Type your address, and you get a mail with a link to set a new one.">
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
        {failure && <FormError>{failure}</FormError>}
        <Button type="submit" look="primary" disabled={busy} className="h-9 text-form">
          {busy ? "Sending…" : "Send the link"}
        </Button>
      </form>
      <BackToSignIn />
    </FrontDoor>
  );
}

const BackToSignIn = () => (
  <p className="mt-4 text-center">
    <Link to="/sign-in" className="text-accent underline underline-offset-2">
      Back to sign-in
    </Link>
  </p>
);
