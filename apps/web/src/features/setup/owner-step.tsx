import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { PasswordInput } from "../../ui/password-input.tsx";
import { browserZone, knownZones } from "../../ui/zone-time.ts";
import type { CreatedOrganization } from "./setup-page.tsx";

const zones = knownZones();

export function OwnerStep({ setupToken, onCreated }: { setupToken: string; onCreated: (created: CreatedOrganization) => void }) {
  const trpc = useTRPC();
  const rules = useQuery(trpc.setup.passwordRules.queryOptions());
  const [values, setValues] = useState({ setupToken, name: "", email: "", password: "", organization: "", timeZone: browserZone() });
  const set = (change: Partial<typeof values>) => setValues({ ...values, ...change });
  const create = useMutation(trpc.setup.create.mutationOptions({ onSuccess: ({ organization, token }) => onCreated({ ...organization, token }) }));
  const lengthMin = rules.data?.lengthMin ?? 0;
  const long = [...values.password].length >= lengthMin;
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (!long) return;
    create.mutate({
      setupToken: values.setupToken.trim(),
      owner: { name: values.name.trim(), email: values.email.trim(), password: values.password },
      organization: { name: values.organization.trim(), timeZone: values.timeZone },
    });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {setupToken === "" && (
        <Field label="Setup token" hint="Printed in the terminal where Daybook was started.">
          {(control) => (
            <input
              {...control}
              required
              autoComplete="off"
              className="control control-form"
              value={values.setupToken}
              onChange={(event) => set({ setupToken: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label="Your name">
        {(control) => (
          <input
            {...control}
            name="name"
            required
            autoComplete="name"
            className="control control-form"
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="E-mail">
        {(control) => (
          <input
            {...control}
            type="email"
            name="email"
            required
            autoComplete="username"
            className="control control-form"
            value={values.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Password"
        hint={rules.data ? `${long ? "✓ " : ""}At least ${lengthMin} characters.` : undefined}
        error={tried && !long ? `The password needs ${lengthMin} characters or more.` : null}
      >
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="new-password" value={values.password} onChange={(password) => set({ password })} />
        )}
      </Field>
      <Field label="Organization">
        {(control) => (
          <input
            {...control}
            name="organization"
            required
            autoComplete="organization"
            className="control control-form"
            value={values.organization}
            onChange={(event) => set({ organization: event.target.value })}
          />
        )}
      </Field>
      <Field label="Time zone" hint="Times on every screen, and the days of reports and retention, are in this zone.">
        {(control) => <Combobox {...control} value={values.timeZone} options={zones} onChange={(timeZone) => set({ timeZone })} />}
      </Field>
      {create.isError && <FormError>{readApiError(create.error).message}</FormError>}
      <Button type="submit" look="primary" disabled={create.isPending} className="h-9 text-form">
        {create.isPending ? "Creating…" : "Create organization"}
      </Button>
    </form>
  );
}
