import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { ProviderDialog } from "./provider-dialog.tsx";
import { ProviderRow } from "./provider-row.tsx";
import { RedirectUrl } from "./redirect-url.tsx";

export type Provider = inferOutput<Trpc["signInProviders"]["list"]>["providers"][number];

/** `mayAdd`: who decides whom a provider may name, owners among them. */
export function Providers({ mayChange, mayAdd }: { mayChange: boolean; mayAdd: boolean }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.signInProviders.list.queryOptions());
  const [editing, setEditing] = useState<Provider | "new" | null>(null);
  const add = mayAdd && (
    <Button onClick={() => setEditing("new")}>
      <Plus size={14} aria-hidden />
      Add provider
    </Button>
  );
  return (
    <section aria-labelledby="sign-in-providers" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 id="sign-in-providers" className="text-section">
          Single sign-on
        </h2>
        {list.data && list.data.providers.length > 0 && list.data.providers.length < list.data.providersMax && add}
      </div>
      <QueryPanel query={list} what="Single sign-on">
        {({ providers, redirectUrl }) => (
          <div className="flex flex-col gap-3">
            {providers.length === 0 ? (
              <Card>
                <EmptyPanel title="No provider yet" action={add}>
                  Let people come in with the account that they have at work: Okta, Microsoft Entra, Google Workspace, Keycloak, or any other that speaks OpenID
                  Connect.{!mayAdd && " An owner can add one."}
                </EmptyPanel>
              </Card>
            ) : (
              <Table label="Sign-in providers" columns={["Provider", "Domains", "People", "Last sign-in", "State", ""]}>
                {providers.map((provider) => (
                  <ProviderRow key={provider.id} provider={provider} mayChange={mayChange} onEdit={() => setEditing(provider)} />
                ))}
              </Table>
            )}
            <RedirectUrl url={redirectUrl} />
            {editing && <ProviderDialog provider={editing === "new" ? null : editing} redirectUrl={redirectUrl} onClose={() => setEditing(null)} />}
          </div>
        )}
      </QueryPanel>
    </section>
  );
}
