import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { errorHttpStatus } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { plural } from "../../ui/numbers.ts";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { Drawer } from "./drawer.tsx";
import { GroupEntries } from "./group-entries.tsx";
import { MemberEntries } from "./member-entries.tsx";
import { ObjectDialog } from "./object-dialog.tsx";
import type { SharedObject, ShownKind } from "./shared-objects-page.tsx";
import { WhoList } from "./who-list.tsx";

/** One collection or connection: what was given to whom, and who may use it by all of that. */
export function ObjectDrawer({ kind, id, onClose }: { kind: ShownKind; id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const query = useQuery(trpc[kind.area].get.queryOptions({ objectId: id }));
  const [tab, setTab] = useState("members");
  const object = query.data;
  const mayChange = grants.includes(kind.manages);
  return (
    <Drawer
      label={`Details of the ${kind.noun}`}
      title={object?.name ?? capital(kind.noun)}
      subtitle={object && <About object={object} />}
      actions={object && mayChange && <Actions kind={kind} object={object} onGone={onClose} />}
      onClose={onClose}
    >
      {object && (
        <Tabs
          label={object.name}
          open={tab}
          onOpen={setTab}
          tabs={[
            { id: "members", label: `Members ${object.members}`, content: <MemberEntries kind={kind} id={id} mayChange={mayChange} /> },
            { id: "groups", label: `Groups ${object.groups}`, content: <GroupEntries kind={kind} id={id} mayChange={mayChange} /> },
            { id: "who", label: "Who can use this", content: <WhoList kind={kind} id={id} /> },
          ]}
        />
      )}
      {query.isPending && <Skeleton lines={8} height={24} />}
      {query.isError &&
        !object &&
        (errorHttpStatus(query.error) === 404 ? (
          <EmptyPanel title={`There is no such ${kind.noun} here`}>It was deleted, or the link is of another organization.</EmptyPanel>
        ) : (
          <ErrorPanel error={query.error} what={`The ${kind.noun}`} onRetry={() => void query.refetch()} />
        ))}
    </Drawer>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const About = ({ object: { kind, description, externalId } }: { object: SharedObject }) => (
  <>
    {(kind || externalId) && (
      <p className="text-meta">
        {kind}
        {kind && externalId && " · "}
        {externalId && (
          <>
            external id <code className="break-all">{externalId}</code>
          </>
        )}
      </p>
    )}
    {description && <p className="mt-1 break-words">{description}</p>}
  </>
);

function Actions({ kind, object, onGone }: { kind: ShownKind; object: SharedObject; onGone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<"edit" | "delete" | null>(null);
  const remove = useMutation(
    trpc[kind.area].delete.mutationOptions({
      onSuccess: async () => {
        onGone();
        await Promise.all([trpc[kind.area], trpc.groups, trpc.access].map((area) => queryClient.invalidateQueries(area.pathFilter())));
      },
    }),
  );
  return (
    <>
      <Button size="dense" onClick={() => setAsked("edit")}>
        Edit
      </Button>
      <Button size="dense" onClick={() => setAsked("delete")}>
        Delete…
      </Button>
      {asked === "edit" && <ObjectDialog kind={kind} object={object} onClose={() => setAsked(null)} onSaved={() => setAsked(null)} />}
      {asked === "delete" && (
        <Confirm
          title={`Delete ${object.name}?`}
          act={`Delete ${kind.noun}`}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ objectId: object.id })}
          onClose={() => setAsked(null)}
        >
          {object.members + object.groups === 0
            ? "Nobody has access of their own to it."
            : `${plural(object.members, "member")} and ${plural(object.groups, "group")} lose the access that they have to it.`}{" "}
          That cannot be undone. The log keeps what happened to it.
        </Confirm>
      )}
    </>
  );
}
