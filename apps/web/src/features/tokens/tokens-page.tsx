import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { MemberKeys } from "./member-keys.tsx";
import { TokenRow } from "./token-row.tsx";

export function TokensPage() {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const tokens = useQuery(trpc.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const create = grants.includes("tokens:manage") && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New token
    </Button>
  );
  return (
    <Page
      title="API tokens"
      about={
        <>
          Workspace tokens belong to the organization: they alone read the log through the REST API, and only owners and admins make them.{" "}
          <a className="link" href="/docs/api" target="_blank" rel="noreferrer">
            API reference
          </a>
        </>
      }
      action={create}
    >
      <div className="flex flex-col gap-6">
        <QueryPanel
          query={tokens}
          what="Tokens"
          isEmpty={(list) => list.length === 0}
          empty={
            <EmptyPanel title="No token yet" action={create}>
              A sender of events needs one, and so does whoever reads the log from outside.
            </EmptyPanel>
          }
        >
          {(list) => (
            <Table label="API tokens" columns={["Name", "It may", "Created", "Last used", "Expires", ""]}>
              {list.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </Table>
          )}
        </QueryPanel>
        {grants.includes("tokens:read") && <MemberKeys />}
      </div>
      {creating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
