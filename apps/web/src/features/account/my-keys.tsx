import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormEnd } from "../../ui/form-dialog.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { KeyRow } from "../tokens/key-row.tsx";
import { LogLink } from "../tokens/log-link.tsx";
import { namingValue } from "../../ui/naming-value.ts";
import { NameField } from "../../ui/named-fields.tsx";
import { AccountSection } from "./account-section.tsx";
import { ExpiryField, NetworksField, ScopeChoices } from "../tokens/token-fields.tsx";
import { expiresAtOf, keyScopeWords, networksIn, type KeyScope } from "../tokens/token-words.ts";

/** One's own keys in the open organization; nothing for who may have none. */
export function MyKeys() {
  const trpc = useTRPC();
  const { grants, name } = useOrganization();
  const mayHave = grants.includes("keys:manage");
  const keys = useQuery(trpc.keys.list.queryOptions(undefined, { enabled: mayHave }));
  const [creating, setCreating] = useState(false);
  if (!mayHave) return null;
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New key
    </Button>
  );
  return (
    <AccountSection
      title="My keys"
      about={`For your own scripts in ${name}. What a key does stands in the log under its name, on your behalf. No key reads the log: that takes a workspace token.`}
      action={keys.data && keys.data.length > 0 && create}
    >
      <QueryPanel
        query={keys}
        what="Your keys"
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyPanel title="No key yet" action={create}>
            Make one where a script of yours writes events.
          </EmptyPanel>
        }
      >
        {(list) => (
          <Table label="List of my keys" columns={["Key", "It may", "Created", "Last used", "Expires", ""]}>
            {list.map((key) => (
              <KeyRow
                key={key.id}
                shown={key}
                mayRevoke
                consequence="Whatever uses it is refused within five seconds. That cannot be undone, and it is recorded in the activity log."
              />
            ))}
          </Table>
        )}
      </QueryPanel>
      {creating && <NewKeyDialog onClose={() => setCreating(false)} />}
    </AccountSection>
  );
}

function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const zone = useZone();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly KeyScope[]>(["events:write"]);
  const [days, setDays] = useState(90);
  const [networks, setNetworks] = useState("");
  const generate = useMutation(trpc.keys.generate.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.keys.pathFilter()) }));
  if (generate.data)
    return (
      <SecretOnce title="New key" what="key" secret={generate.data.token} onClose={onClose}>
        <p className="text-ink-2">
          That you made it is recorded. <LogLink id={generate.data.id} />
        </p>
      </SecretOnce>
    );
  const submit = () => {
    const expiresAt = expiresAtOf(days, zone);
    generate.mutate({ name: name.trim(), scopes: [...scopes], allowedCidrs: networksIn(networks), ...(expiresAt !== null && { expiresAt }) });
  };
  return (
    <Dialog title="New key" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <NameField value={name} onChange={setName} hint="Where you will use it, such as the machine or the script." />
        <ScopeChoices words={keyScopeWords} chosen={scopes} onChange={setScopes} />
        <ExpiryField days={days} onChange={setDays} mayNever={false} />
        <NetworksField value={networks} onChange={setNetworks} />
        <p className="text-meta text-ink-3">That you made it is recorded in the activity log.</p>
        <FormEnd error={namingValue(generate.error, generate.variables)}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={generate.isPending || scopes.length === 0}>
            Create key
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
