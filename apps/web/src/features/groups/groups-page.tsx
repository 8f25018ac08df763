import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Time } from "../../ui/time.tsx";
import { countsInWords } from "../inventory/access-words.ts";
import { InventoryList } from "../inventory/inventory-list.tsx";
import { focusRow, NameCell } from "../inventory/name-cell.tsx";
import { useAddress } from "../inventory/use-address.ts";
import { usePages } from "../inventory/use-pages.ts";
import { GroupDialog } from "./group-dialog.tsx";
import { GroupDrawer } from "./group-drawer.tsx";

export function GroupsPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { grants } = useOrganization();
  const { search, go } = useAddress("groups");
  const [creating, setCreating] = useState(false);
  const { q = "", open } = search;
  const query = usePages({
    key: [...trpc.groups.list.pathKey(), "pages", q],
    ask: (page, options) => client.groups.list.query({ containing: q, ...page }, options),
  });
  const create = grants.includes("groups:manage") && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New group
    </Button>
  );
  const close = () => {
    go({ open: undefined });
    if (open !== undefined) focusRow(open);
  };
  return (
    <>
      <InventoryList
        title="Groups"
        about="Members who are given access together: what a group may use, everybody in it may use."
        nouns="groups"
        action={create}
        empty={
          <EmptyPanel title="No group yet" action={create}>
            Make one for people who need the same, or let your product keep them by the API.
          </EmptyPanel>
        }
        q={q}
        onSearch={(next) => go({ q: next })}
        query={query}
        rowsOf={(page) => page.groups}
        columns={["Name", "Members", "May use", "Created"]}
        row={(group) => (
          <tr key={group.id} className={group.id === open ? "bg-selected" : undefined}>
            <NameCell id={group.id} name={group.name} detail={group.description} open={group.id === open} onOpen={() => go({ open: group.id })} />
            <td data-label="Members">{group.members}</td>
            <td data-label="May use">{countsInWords(group.objects)}</td>
            <td data-label="Created" className="whitespace-nowrap">
              <Time at={group.createdAt} as="day" /> <span className="text-ink-3">by {group.createdBy}</span>
            </td>
          </tr>
        )}
        drawer={open !== undefined && <GroupDrawer key={open} id={open} onClose={close} />}
      />
      {creating && (
        <GroupDialog
          group={null}
          onClose={() => setCreating(false)}
          onSaved={(id) => {
            setCreating(false);
            go({ open: id });
          }}
        />
      )}
    </>
  );
}
