import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferInput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormEnd } from "../../ui/form-dialog.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { LogLink } from "./log-link.tsx";
import { namingValue } from "../../ui/naming-value.ts";
import { NameField } from "../../ui/named-fields.tsx";
import { ExpiryField, NetworksField, ScopeChoices } from "./token-fields.tsx";
import { expiresAtOf, networksIn, scopeWords, type TokenScope } from "./token-words.ts";

type TokenInput = NonNullable<inferInput<Trpc["tokens"]["create"]>>;

interface CreateTokenDialogProps {
  /** Chosen already, where the dialog was opened from one. */
  serviceUserId?: string;
  onClose: () => void;
}

export function CreateTokenDialog({ serviceUserId, onClose }: CreateTokenDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: () => Promise.all([trpc.tokens, trpc.serviceUsers].map((area) => queryClient.invalidateQueries(area.pathFilter()))),
    }),
  );
  if (create.data)
    return (
      <SecretOnce title="New token" what="token" secret={create.data.token} onClose={onClose}>
        <p className="text-ink-2">
          That it was created is recorded; the token itself stands nowhere. <LogLink id={create.data.id} />
        </p>
      </SecretOnce>
    );
  return (
    <Dialog title="New token" onClose={onClose}>
      <TokenForm
        serviceUserId={serviceUserId}
        busy={create.isPending}
        error={namingValue(create.error, create.variables)}
        onCreate={(input) => create.mutate(input)}
        onClose={onClose}
      />
    </Dialog>
  );
}

interface TokenFormProps {
  serviceUserId: string | undefined;
  busy: boolean;
  error: unknown;
  onCreate: (input: TokenInput) => void;
  onClose: () => void;
}

function TokenForm({ serviceUserId: given, busy, error, onCreate, onClose }: TokenFormProps) {
  const zone = useZone();
  const { grants } = useOrganization();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly TokenScope[]>(["events:write"]);
  const [days, setDays] = useState(90);
  const [source, setSource] = useState("");
  const [networks, setNetworks] = useState("");
  const [serviceUserId, setServiceUserId] = useState(given ?? "");
  const submit = () =>
    onCreate({
      name: name.trim(),
      scopes: [...scopes],
      allowedCidrs: networksIn(networks),
      expiresAt: expiresAtOf(days, zone),
      ...(source.trim() && { source: source.trim() }),
      ...(serviceUserId && { serviceUserId }),
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <NameField value={name} onChange={setName} hint="Who or what will use it." />
      <ScopeChoices words={scopeWords} chosen={scopes} onChange={setScopes} />
      <ExpiryField days={days} onChange={setDays} mayNever={grants.includes("tokens:unexpiring")} />
      {grants.includes("service-users:read") && <ServiceUserField value={serviceUserId} onChange={setServiceUserId} />}
      <NetworksField value={networks} onChange={setNetworks} />
      <Field label="Source" hint="Optional: binds the token, so that every event it writes carries this source, whatever its sender says.">
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            spellCheck={false}
            placeholder="billing"
            pattern="[a-z0-9][a-z0-9_.\-]{0,62}"
            title="1 to 63 small letters, digits, _, . or -"
            className="control mono"
            value={source}
            onChange={(event) => setSource(event.target.value)}
          />
        )}
      </Field>
      <p className="text-meta text-ink-3">Creating it is recorded in the activity log, with what it may do.</p>
      <FormEnd error={error}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={busy || scopes.length === 0}>
          Create token
        </Button>
      </FormEnd>
    </form>
  );
}

/** Without a service user, the log names the token itself as who acted. */
function ServiceUserField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const trpc = useTRPC();
  const serviceUsers = useQuery(trpc.serviceUsers.list.queryOptions());
  if (!serviceUsers.data || serviceUsers.data.length === 0) return null;
  return (
    <Field label="Service user" hint="Optional: whom the log names as the actor where the token is used.">
      {(control) => (
        <select {...control} className="control" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">None: the token itself</option>
          {serviceUsers.data.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
