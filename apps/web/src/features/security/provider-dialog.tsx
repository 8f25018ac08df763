import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormEnd } from "../../ui/form-dialog.tsx";
import { namingValue } from "../../ui/naming-value.ts";
import { PasswordInput } from "../../ui/password-input.tsx";
import { domainsIn } from "./domains-in.ts";
import { ProviderTest } from "./provider-test.tsx";
import type { Provider } from "./providers.tsx";
import { RedirectUrl } from "./redirect-url.tsx";

interface ProviderDialogProps {
  provider: Provider | null;
  redirectUrl: string;
  onClose: () => void;
}

/** Issuer and client of a provider stay as they are: at another one the same people would be others. */
export function ProviderDialog({ provider, redirectUrl, onClose }: ProviderDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(provider?.name ?? "");
  const [issuer, setIssuer] = useState(provider?.issuer ?? "");
  const [clientId, setClientId] = useState(provider?.clientId ?? "");
  const [clientSecret, setClientSecret] = useState("");
  const [domains, setDomains] = useState(provider?.emailDomains.join(", ") ?? "");
  const [autoJoin, setAutoJoin] = useState(provider !== null && provider.autoJoinRole !== null);
  const done = {
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.signInProviders.pathFilter());
      onClose();
    },
  };
  const create = useMutation(trpc.signInProviders.create.mutationOptions(done));
  const update = useMutation(trpc.signInProviders.update.mutationOptions(done));
  const failed = namingValue(create.error, create.variables) ?? namingValue(update.error, update.variables);
  const submit = () => {
    const common = { name: name.trim(), emailDomains: domainsIn(domains), autoJoinRole: autoJoin ? ("member" as const) : null };
    if (provider) update.mutate({ providerId: provider.id, ...common, ...(clientSecret && { clientSecret }) });
    else create.mutate({ ...common, issuer: issuer.trim(), clientId: clientId.trim(), clientSecret });
  };
  return (
    <Dialog title={provider ? `Edit ${provider.name}` : "Add a sign-in provider"} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <RedirectUrl url={redirectUrl} />
        <Field label="Name" hint="What people choose by.">
          {(control) => (
            <input
              {...control}
              required
              maxLength={100}
              autoComplete="off"
              className="control"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Issuer" hint="As the provider writes it, to the last character.">
          {(control) => (
            <input
              {...control}
              type="url"
              required
              disabled={provider !== null}
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
              placeholder="https://login.example.com"
              className="control mono"
              value={issuer}
              onChange={(event) => setIssuer(event.target.value)}
            />
          )}
        </Field>
        <ProviderTest issuer={issuer.trim()} />
        <Field label="Client ID">
          {(control) => (
            <input
              {...control}
              required
              disabled={provider !== null}
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
              className="control mono"
              value={clientId}
              onChange={(event) => setClientId(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Client secret"
          hint={provider ? "Empty keeps the one that is stored. It cannot be shown." : "It is stored encrypted and never shown again."}
        >
          {(control) => (
            <PasswordInput {...control} required={provider === null} name="client-secret" autoComplete="off" value={clientSecret} onChange={setClientSecret} />
          )}
        </Field>
        <Field label="E-mail domains" hint="Parted by commas. Nobody with another address comes in by it.">
          {(control) => (
            <input
              {...control}
              required
              autoComplete="off"
              spellCheck={false}
              placeholder="example.com"
              className="control"
              value={domains}
              onChange={(event) => setDomains(event.target.value)}
            />
          )}
        </Field>
        <label className="flex items-start gap-2">
          <input type="checkbox" className="mt-0.5 size-4 accent-[var(--accent)]" checked={autoJoin} onChange={(event) => setAutoJoin(event.target.checked)} />
          <span>
            Whoever it signs in becomes a member
            <span className="block text-meta text-ink-3">Without it, only people who are members already come in.</span>
          </span>
        </label>
        <FormEnd error={failed}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending || update.isPending}>
            {provider ? "Save" : "Add provider"}
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
