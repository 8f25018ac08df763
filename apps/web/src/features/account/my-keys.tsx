import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/field.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { LogLink } from "../tokens/log-link.tsx";
import { LastUse, Note, Rights, Standing } from "../tokens/token-cells.tsx";
import { NameField } from "../../ui/named-fields.tsx";
import { ExpiryField, NetworksField, ScopeChoices } from "../tokens/token-fields.tsx";
import { expiresAtOf, keyScopeWords, networksIn, type KeyScope } from "../tokens/token-words.ts";

type Key = inferOutput<Trpc["keys"]["list"]>[number];

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
    <section aria-labelledby="my-keys" className="flex flex-col gap-2">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-[260px]">
          <h2 id="my-keys" className="text-section">
            My keys
          </h2>
          <p className="max-w-[88ch] text-ink-2">
            For your own scripts in {name}. What a key does stands in the log under its name, on your behalf. No key reads the log: that takes a workspace
            token.
          </p>
        </div>
        {keys.data && keys.data.length > 0 && create}
      </header>
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
              <KeyRow key={key.id} mine={key} />
            ))}
          </Table>
        )}
      </QueryPanel>
      {creating && <NewKeyDialog onClose={() => setCreating(false)} />}
    </section>
  );
}

function KeyRow({ mine: key }: { mine: Key }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.keys.pathFilter());
      },
    }),
  );
  return (
    <tr data-key={key.id} className={key.state === "active" ? undefined : "text-ink-3"}>
      <td data-label="Key" className="font-medium">
        <div className="min-w-0">
          {key.name}
          <span className="block mono font-normal text-ink-3">{key.prefix}…</span>
        </div>
      </td>
      <td data-label="It may">
        <Rights scopes={key.scopes}>{key.allowedCidrs.length > 0 && <Note>only from {key.allowedCidrs.join(", ")}</Note>}</Rights>
      </td>
      <td data-label="Created">
        <Time at={key.createdAt} as="day" />
      </td>
      <td data-label="Last used">
        <LastUse {...key} />
      </td>
      <td data-label="Expires">
        <Standing {...key} />
      </td>
      <td>
        {key.state !== "revoked" && (
          <div className="flex justify-end">
            <Button size="dense" aria-label={`Revoke ${key.name}`} onClick={() => setAsking(true)}>
              Revoke…
            </Button>
          </div>
        )}
        {asking && (
          <Confirm
            title={`Revoke ${key.name}?`}
            act="Revoke key"
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={() => revoke.mutate({ keyId: key.id })}
            onClose={() => setAsking(false)}
          >
            Whatever uses it is refused within five seconds. That cannot be undone, and it is recorded in the activity log.
          </Confirm>
        )}
      </td>
    </tr>
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
        {generate.error && <FormError>{readApiError(generate.error).message}</FormError>}
        <p className="text-meta text-ink-3">That you made it is recorded in the activity log.</p>
        <div className="sticky bottom-0 -mx-4 -mb-4 flex justify-end gap-2 border-t bg-bg p-4">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={generate.isPending || scopes.length === 0}>
            Create key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
