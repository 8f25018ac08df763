import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferInput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { startOfDay } from "../../ui/zone-time.ts";

type TokenInput = NonNullable<inferInput<Trpc["tokens"]["create"]>>;
type Scope = TokenInput["scopes"][number];

const scopeChoices: { id: Scope; label: string }[] = [
  { id: "events:write", label: "Write events" },
  { id: "events:read", label: "Read events" },
];
const expiries = [
  { days: 30, label: "In 30 days" },
  { days: 90, label: "In 90 days" },
  { days: 365, label: "In a year" },
  { days: 0, label: "Never" },
];

export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(trpc.tokens.create.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.tokens.pathFilter()) }));
  return (
    <Dialog title="New token" onClose={onClose}>
      {create.data ? (
        <Created token={create.data.token} onClose={onClose} />
      ) : (
        <TokenForm busy={create.isPending} error={create.error} onCreate={(input) => create.mutate(input)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Created({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p>Copy it now. It is stored as a hash and cannot be shown again.</p>
      <CodeBlock code={token} what="the token" />
      <div className="flex justify-end">
        <Button look="primary" onClick={onClose}>
          I have copied it
        </Button>
      </div>
    </div>
  );
}

interface TokenFormProps {
  busy: boolean;
  error: unknown;
  onCreate: (input: TokenInput) => void;
  onClose: () => void;
}

function TokenForm({ busy, error, onCreate, onClose }: TokenFormProps) {
  const zone = useZone();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["events:write"]);
  const [days, setDays] = useState(90);
  const [source, setSource] = useState("");
  const [networks, setNetworks] = useState("");
  const submit = () =>
    onCreate({
      name: name.trim(),
      scopes: [...scopes],
      allowedCidrs: networksIn(networks),
      ...(source.trim() && { source: source.trim() }),
      ...(days === 0 ? {} : { expiresAt: new Date(startOfDay(Date.now(), zone, days)).toISOString() }),
    });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Name" hint="Who or what will use it.">
        {(control) => <input {...control} required autoComplete="off" className="control" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">Scopes</legend>
        {scopeChoices.map(({ id, label }) => (
          <label key={id} className="flex min-h-7 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-[var(--accent)]"
              checked={scopes.includes(id)}
              onChange={(event) => setScopes(event.target.checked ? [...scopes, id] : scopes.filter((each) => each !== id))}
            />
            {label} <code className="text-ink-3">{id}</code>
          </label>
        ))}
      </fieldset>
      <Field label="Expires">
        {(control) => (
          <select {...control} className="control" value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {expiries.map((each) => (
              <option key={each.days} value={each.days}>
                {each.label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Networks"
        hint="Optional, one a line or parted by commas: the token is refused from any other address. One address is its own network: 203.0.113.7/32."
      >
        {(control) => (
          <textarea
            {...control}
            rows={2}
            spellCheck={false}
            placeholder="203.0.113.0/24"
            className="control mono h-auto py-1.5"
            value={networks}
            onChange={(event) => setNetworks(event.target.value)}
          />
        )}
      </Field>
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
      {error ? <FormError>{readApiError(error).message}</FormError> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={busy || scopes.length === 0}>
          Create token
        </Button>
      </div>
    </form>
  );
}

const networksIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
