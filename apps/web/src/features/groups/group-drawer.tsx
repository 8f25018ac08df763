import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { errorHttpStatus } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { lossInWords } from "../inventory/access-words.ts";
import { Drawer } from "../inventory/drawer.tsx";
import { useAfterChange } from "../inventory/use-after-change.ts";
import { GroupDialog, type Group } from "./group-dialog.tsx";
import { GroupMembers } from "./group-members.tsx";
import { GroupUses } from "./group-uses.tsx";

/** One group: who is in it, and what they may use by it. */
export function GroupDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { grants } = useOrganization();
  const query = useQuery(useTRPC().groups.get.queryOptions({ groupId: id }));
  const [tab, setTab] = useState("members");
  const group = query.data;
  const mayChange = grants.includes("groups:manage");
  const uses = Object.values(group?.objects ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Drawer
      label="Details of the group"
      title={group?.name ?? "Group"}
      subtitle={
        group && (
          <>
            {group.externalId && (
              <p className="text-meta">
                external id <code className="break-all">{group.externalId}</code>
              </p>
            )}
            {group.description && <p className="mt-1 break-words">{group.description}</p>}
          </>
        )
      }
      actions={group && mayChange && <Actions group={group} onGone={onClose} />}
      onClose={onClose}
    >
      {group && (
        <Tabs
          label={group.name}
          open={tab}
          onOpen={setTab}
          tabs={[
            { id: "members", label: `Members ${group.members}`, content: <GroupMembers id={id} mayChange={mayChange} /> },
            { id: "uses", label: `May use ${uses}`, content: <GroupUses id={id} /> },
          ]}
        />
      )}
      {query.isPending && <Skeleton lines={8} height={24} />}
      {query.isError &&
        !group &&
        (errorHttpStatus(query.error) === 404 ? (
          <EmptyPanel title="There is no such group here">It was deleted, or the link is of another organization.</EmptyPanel>
        ) : (
          <ErrorPanel error={query.error} what="The group" onRetry={() => void query.refetch()} />
        ))}
    </Drawer>
  );
}

function Actions({ group, onGone }: { group: Group; onGone: () => void }) {
  const after = useAfterChange();
  const [asked, setAsked] = useState<"edit" | "delete" | null>(null);
  const remove = useMutation(useTRPC().groups.delete.mutationOptions({ ...after, onSuccess: onGone }));
  return (
    <>
      <Button size="dense" onClick={() => setAsked("edit")}>
        Edit
      </Button>
      <Button size="dense" onClick={() => setAsked("delete")}>
        Delete…
      </Button>
      {asked === "edit" && <GroupDialog group={group} onClose={() => setAsked(null)} onSaved={() => setAsked(null)} />}
      {asked === "delete" && (
        <Confirm
          title={`Delete ${group.name}?`}
          act="Delete group"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ groupId: group.id })}
          onClose={() => setAsked(null)}
        >
          {lossInWords(group)} That cannot be undone. The log keeps what happened to it.
        </Confirm>
      )}
    </>
  );
}
