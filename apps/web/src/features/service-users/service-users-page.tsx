import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { ServiceUserDialog } from "./service-user-dialog.tsx";
import { ServiceUserItem } from "./service-user-item.tsx";

export function ServiceUsersPage() {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const serviceUsers = useQuery(trpc.serviceUsers.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const create = grants.includes("service-users:manage") && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New service user
    </Button>
  );
  return (
    <Page
      title="Service users"
      about="Programs that act by themselves, each under a name of its own. A service user has tokens and cannot sign in; the log names it as who acted."
      action={create}
    >
      <QueryPanel
        query={serviceUsers}
        what="Service users"
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyPanel title="No service user yet" action={create}>
            Make one for each program that uses a token, and the log tells them apart, whichever secret they hold.
          </EmptyPanel>
        }
      >
        {(list) => (
          <ul aria-label="Service users" className="flex flex-col rounded-card border bg-bg">
            {list.map((each) => (
              <ServiceUserItem key={each.id} serviceUser={each} />
            ))}
          </ul>
        )}
      </QueryPanel>
      {creating && <ServiceUserDialog serviceUser={null} onClose={() => setCreating(false)} />}
    </Page>
  );
}
