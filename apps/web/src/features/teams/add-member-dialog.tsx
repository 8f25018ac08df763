import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { useRenewedSession } from "../../shell/use-renewed-session.ts";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { fitting, Picker, type Choice } from "../../ui/picker.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { toast } from "../../ui/toast.tsx";
import { roleWords } from "./team-words.ts";
import type { TeamMember } from "./use-team.ts";
import { useSettled } from "../../ui/use-settled.ts";

const settleMs = 200;

export function AddMemberDialog({ teamId, teamName, onClose }: { teamId: string; teamName: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { session } = useOpen();
  const renew = useRenewedSession();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [role, setRole] = useState<TeamMember["role"]>("member");
  const search = useSettled(typed.trim(), settleMs);
  const candidates = useQuery(trpc.teams.candidates.queryOptions({ teamId, ...(search && { search }) }, { placeholderData: keepPreviousData }));
  const choices = fitting(
    candidates.data?.map(({ userId, name, email }) => ({ id: userId, name, detail: email })),
    typed,
  );
  const add = useMutation(
    trpc.teams.addMember.mutationOptions({
      onSuccess: async (_, { userId }) => {
        toast(`${chosen?.name ?? "They"} is in ${teamName} now.`);
        await queryClient.invalidateQueries(trpc.teams.pathFilter());
        onClose();
        if (userId === session.user.id) await renew();
      },
    }),
  );
  const failed = add.error ?? candidates.error;
  return (
    <Dialog title={`Add a member to ${teamName}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) add.mutate({ teamId, userId: chosen.id, role });
        }}
      >
        <Field label="Member" hint="Active members of the organization who are not in the team.">
          {(control) => (
            <Picker
              {...control}
              placeholder="Name or address…"
              className="control control-form"
              shape="in-flow"
              value={chosen ? `${chosen.name} · ${chosen.detail}` : ""}
              chosen={chosen?.id}
              typed={typed}
              choices={choices}
              nothing="Everybody is in the team already."
              onType={(text) => {
                setTyped(text);
                if (text) setChosen(null);
              }}
              onPick={setChosen}
            />
          )}
        </Field>
        <div className="flex flex-col gap-1">
          <span className="font-medium">Role in the team</span>
          <Segmented
            label="Role in the team"
            options={[
              { value: "member", label: roleWords.member.label },
              { value: "admin", label: roleWords.admin.label },
            ]}
            value={role}
            onChange={setRole}
          />
          <p className="text-meta text-ink-3">{roleWords[role].about}.</p>
        </div>
        {failed && <FormError>{readApiError(failed).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!chosen || add.isPending}>
            Add to team
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
