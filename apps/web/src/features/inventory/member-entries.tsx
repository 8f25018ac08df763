import { useMutation } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { FormError } from "../../ui/field.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { lostAccess } from "./access-words.ts";
import { AddAccess } from "./add-access.tsx";
import { EntryList, EntryRow } from "./entry-list.tsx";
import type { ShownKind } from "./shared-objects-page.tsx";
import { StandingChip } from "./standing-chip.tsx";
import { useAfterChange } from "./use-after-change.ts";
import { useMemberChoices } from "./use-choices.ts";
import { usePages } from "./use-pages.ts";

/** Members with access of their own to one thing. */
export function MemberEntries({ kind, id, mayChange }: { kind: ShownKind; id: string; mayChange: boolean }) {
  const area = useTRPC()[kind.area];
  const client = useTRPCClient();
  const after = useAfterChange();
  const query = usePages({ key: [...area.members.pathKey(), id], ask: (page, options) => client[kind.area].members.query({ objectId: id, ...page }, options) });
  const { choices, ...picker } = useMemberChoices();
  const add = useMutation(area.addMember.mutationOptions(after));
  const change = useMutation(area.changeMemberAccess.mutationOptions(after));
  const remove = useMutation(area.removeMember.mutationOptions(after));
  const rows = query.data?.pages.flatMap(({ members }) => members) ?? [];
  const failed = change.error ?? remove.error;
  return (
    <div className="flex flex-col gap-3 p-4">
      {mayChange && (
        <AddAccess
          what="member"
          {...picker}
          choices={choices?.filter((choice) => rows.every(({ userId }) => userId !== choice.id))}
          busy={add.isPending}
          error={add.error}
          onAdd={(choice, access) => add.mutate({ objectId: id, userId: choice.id, access })}
        />
      )}
      {failed && <FormError>{readApiError(failed).message}</FormError>}
      <QueryPanel
        query={query}
        what="Members"
        isEmpty={() => rows.length === 0}
        empty={<EmptyPanel title="No member has access of their own">Groups and the default can still give it: see who can use this.</EmptyPanel>}
      >
        {() => (
          <EntryList label={`Members with access to this ${kind.noun}`} onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}>
            {rows.map(({ userId, name, email, status, access }) => (
              <EntryRow
                key={userId}
                name={name}
                detail={
                  <>
                    {email} <StandingChip status={status} />
                  </>
                }
                access={access}
                mayChange={mayChange}
                busy={(change.isPending && change.variables.userId === userId) || (remove.isPending && remove.variables.userId === userId)}
                onChoose={(next) => change.mutate({ objectId: id, userId, access: next })}
                onRemove={() =>
                  remove.mutate(
                    { objectId: id, userId },
                    { onSuccess: () => toast(lostAccess(name), { label: "Undo", run: () => add.mutate({ objectId: id, userId, access }) }) },
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
