import type { SharedArea, SharedKind } from "@daybook/policy";
import { Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, useTRPCClient, type inferOutput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Time } from "../../ui/time.tsx";
import { InventoryList } from "./inventory-list.tsx";
import { focusRow, NameCell } from "./name-cell.tsx";
import { ObjectDialog } from "./object-dialog.tsx";
import { ObjectDrawer } from "./object-drawer.tsx";
import { useAddress } from "./use-address.ts";
import { usePages } from "./use-pages.ts";

/** A kind whose screens the console has. */
export type ShownKind = SharedKind & { area: SharedArea };
export type SharedObject = inferOutput<Trpc["collections"]["get"]>;

interface SharedObjectsPageProps {
  kind: ShownKind;
  title: string;
  about: string;
  whyEmpty: string;
  before?: ReactNode;
}

/** All things of one kind, with who may use them. */
export function SharedObjectsPage({ kind, title, about, whyEmpty, before }: SharedObjectsPageProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { grants } = useOrganization();
  const { search, go } = useAddress(kind.area);
  const [creating, setCreating] = useState(false);
  const { q = "", open } = search;
  const query = usePages({
    key: [...trpc[kind.area].list.pathKey(), "pages", q],
    ask: (page, options) => client[kind.area].list.query({ containing: q, ...page }, options),
  });
  const hasKinds = kind.suggestedKinds.length > 0;
  const create = grants.includes(kind.manages) && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New {kind.noun}
    </Button>
  );
  const close = () => {
    go({ open: undefined });
    if (open !== undefined) focusRow(open);
  };
  return (
    <>
      <InventoryList
        title={title}
        about={about}
        nouns={kind.nouns}
        action={create}
        before={before}
        empty={
          <EmptyPanel title={`No ${kind.noun} yet`} action={create}>
            {whyEmpty}
          </EmptyPanel>
        }
        q={q}
        onSearch={(next) => go({ q: next })}
        query={query}
        rowsOf={(page) => page.objects}
        columns={["Name", ...(hasKinds ? ["Kind"] : []), "Members", "Groups", "Created"]}
        row={(object) => (
          <tr key={object.id} className={object.id === open ? "bg-selected" : undefined}>
            <NameCell id={object.id} name={object.name} detail={object.description} open={object.id === open} onOpen={() => go({ open: object.id })} />
            {hasKinds && <td data-label="Kind">{object.kind || <span className="text-ink-3">Not said</span>}</td>}
            <td data-label="Members">{object.members}</td>
            <td data-label="Groups">{object.groups}</td>
            <td data-label="Created" className="whitespace-nowrap">
              <Time at={object.createdAt} as="day" /> <span className="text-ink-3">by {object.createdBy}</span>
            </td>
          </tr>
        )}
        drawer={open !== undefined && <ObjectDrawer key={open} kind={kind} id={open} onClose={close} />}
      />
      {creating && (
        <ObjectDialog
          kind={kind}
          object={null}
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
