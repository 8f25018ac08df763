import { useMutation } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { lostAccess } from "./access-words.ts";
import { AddAccess } from "./add-access.tsx";
import { EntryList, EntryRow } from "./entry-list.tsx";
import type { ShownKind } from "./shared-objects-page.tsx";
import { useAfterChange } from "./use-after-change.ts";
import { useGroupChoices } from "./use-choices.ts";
import { usePages } from "./use-pages.ts";

/** Groups whose members may use one thing. */
export function GroupEntries({ kind, id, mayChange }: { kind: ShownKind; id: string; mayChange: boolean }) {
  const area = useTRPC()[kind.area];
  const client = useTRPCClient();
  const after = useAfterChange();
  const query = usePages({ key: [...area.groups.pathKey(), id], ask: (page, options) => client[kind.area].groups.query({ objectId: id, ...page }, options) });
  const { choices, ...picker } = useGroupChoices();
  const add = useMutation(area.addGroup.mutationOptions(after));
  const change = useMutation(area.changeGroupAccess.mutationOptions(after));
  const remove = useMutation(area.removeGroup.mutationOptions(after));
  const rows = query.data?.pages.flatMap(({ groups }) => groups) ?? [];
  const failed = change.error ?? remove.error;
  return (
    <div className="flex flex-col gap-3 p-4">
      {mayChange && (
        <AddAccess
          what="group"
          {...picker}
          choices={choices?.filter((choice) => rows.every(({ groupId }) => groupId !== choice.id))}
          busy={add.isPending}
          error={add.error}
          onAdd={(choice, access) => add.mutate({ objectId: id, groupId: choice.id, access })}
        />
      )}
      {failed && <FormError>{readApiError(failed).message}</FormError>}
      <QueryPanel
        query={query}
        what="Groups"
        isEmpty={() => rows.length === 0}
        empty={<EmptyPanel title="No group has access">A group gives its access to everybody who is in it.</EmptyPanel>}
      >
        {() => (
          <EntryList label={`Groups with access to this ${kind.noun}`} onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}>
            {rows.map(({ groupId, name, members, access }) => (
              <EntryRow
                key={groupId}
                name={name}
                detail={plural(members, "member")}
                access={access}
                mayChange={mayChange}
                busy={(change.isPending && change.variables.groupId === groupId) || (remove.isPending && remove.variables.groupId === groupId)}
                onChoose={(next) => change.mutate({ objectId: id, groupId, access: next })}
                onRemove={() =>
                  remove.mutate(
                    { objectId: id, groupId },
                    { onSuccess: () => toast(lostAccess(name), { label: "Undo", run: () => add.mutate({ objectId: id, groupId, access }) }) },
                  )
                }
              />
            ))}
          </EntryList>
        )}
      </QueryPanel>
    </div>
  );
}
