import { useMutation } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { IconButton } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { Picker } from "../../ui/picker.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { EntryList } from "../inventory/entry-list.tsx";
import { StandingChip } from "../inventory/standing-chip.tsx";
import { useAfterChange } from "../inventory/use-after-change.ts";
import { useMemberChoices } from "../inventory/use-choices.ts";
import { usePages } from "../inventory/use-pages.ts";

export function GroupMembers({ id, mayChange }: { id: string; mayChange: boolean }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const after = useAfterChange();
  const query = usePages({
    key: [...trpc.groups.members.pathKey(), id],
    ask: (page, options) => client.groups.members.query({ groupId: id, ...page }, options),
  });
  const { typed, onType, choices } = useMemberChoices();
  const add = useMutation(trpc.groups.addMember.mutationOptions(after));
  const remove = useMutation(trpc.groups.removeMember.mutationOptions(after));
  const rows = query.data?.pages.flatMap(({ members }) => members) ?? [];
  const failed = add.error ?? remove.error;
  return (
    <div className="flex flex-col gap-3 p-4">
      {mayChange && (
        <Picker
          label="Add a member"
          placeholder="Add a member…"
          typed={typed}
          choices={choices?.filter((choice) => rows.every(({ userId }) => userId !== choice.id))}
          nothing="Everybody is in the group already."
          busy={add.isPending}
          onType={onType}
          onPick={(choice) => add.mutate({ groupId: id, userId: choice.id })}
        />
      )}
      {failed && <FormError>{readApiError(failed).message}</FormError>}
      <QueryPanel
        query={query}
        what="Members"
        isEmpty={() => rows.length === 0}
        empty={<EmptyPanel title="Nobody is in the group">What it may use, nobody may use by it yet.</EmptyPanel>}
      >
        {() => (
          <EntryList label="Members of the group" onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}>
            {rows.map(({ userId, name, email, status }) => (
              <li key={userId} className="flex items-center gap-x-3 border-b px-3 py-2 last:border-0">
                <div className="min-w-0 flex-1">
                  <div className="font-medium break-words">{name}</div>
                  <div className="flex flex-wrap items-center gap-x-2 text-meta break-all text-ink-2">
                    {email} <StandingChip status={status} />
                  </div>
                </div>
                {mayChange && (
                  <IconButton
                    label={`Remove ${name} from the group`}
                    disabled={remove.isPending && remove.variables.userId === userId}
                    onClick={() =>
                      remove.mutate(
                        { groupId: id, userId },
                        { onSuccess: () => toast(`${name} is no longer in the group.`, { label: "Undo", run: () => add.mutate({ groupId: id, userId }) }) },
                      )
                    }
                  >
                    <X size={14} aria-hidden />
                  </IconButton>
                )}
              </li>
            ))}
          </EntryList>
        )}
      </QueryPanel>
    </div>
  );
}
