import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { TokenRow } from "./token-row.tsx";

export function TokensPage() {
  const trpc = useTRPC();
  const tokens = useQuery(trpc.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const create = (
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
          Workspace tokens belong to the organization: they write and read events through the REST API.{" "}
          <a className="link" href="/docs/api" target="_blank" rel="noreferrer">
            API reference
          </a>
        </>
      }
      action={create}
    >
      <QueryPanel
        query={tokens}
        what="Tokens"
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyPanel title="No token yet" action={create}>
            A sender of events needs one.
          </EmptyPanel>
        }
      >
        {(list) => (
          <Table label="API tokens" columns={["Name", "Token", "Scopes", "Created", "Last used", "Expires", ""]}>
            {list.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </Table>
        )}
      </QueryPanel>
      {creating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
