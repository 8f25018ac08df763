import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { renewSession } from "../../shell/session.ts";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { toast } from "../../ui/toast.tsx";
import { AccountSection } from "./account-section.tsx";

const nameLengthMax = 100;

export function ProfileSection() {
  const { user } = useOpen().session;
  const trpc = useTRPC();
  const router = useRouter();
  const [name, setName] = useState(user.name);
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async () => {
        toast("Your name is changed. Events from before keep the old one.");
        renewSession();
        await router.invalidate();
      },
    }),
  );
  const wanted = name.trim();
  return (
    <AccountSection title="Profile">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ name: wanted });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Name">
            {(control) => (
              <input
                {...control}
                name="name"
                required
                maxLength={nameLengthMax}
                autoComplete="name"
                className="control"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="E-mail" hint="You sign in with it.">
            {(control) => <input {...control} readOnly className="control text-ink-2" value={user.email} />}
          </Field>
        </div>
        {rename.isError && <FormError>{readApiError(rename.error).message}</FormError>}
        <div>
          <Button type="submit" disabled={rename.isPending || wanted === "" || wanted === user.name}>
            Save name
          </Button>
        </div>
      </form>
    </AccountSection>
  );
}
