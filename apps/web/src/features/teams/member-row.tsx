import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { useRenewedSession } from "../../shell/use-renewed-session.ts";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { FormError } from "../../ui/field.tsx";
import { Menu, MenuChoice } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { roleWords } from "./team-words.ts";
import type { Team, TeamMember } from "./use-team.ts";

const roleOptions = (["admin", "member"] as const).map((value) => ({
  value,
  label: (
    <span className="flex flex-col py-1">
      {roleWords[value].label}
      <span className="text-meta text-ink-3">{roleWords[value].about}</span>
    </span>
  ),
}));

export function MemberRow({ team, member }: { team: Team; member: TeamMember }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { session } = useOpen();
  const renew = useRenewedSession();
  const [asking, setAsking] = useState(false);
  const isSelf = member.userId === session.user.id;
  const changed = async () => {
    setAsking(false);
    await queryClient.invalidateQueries(trpc.teams.pathFilter());
    // One's own place in a team decides what the sidebar and the log show.
    if (isSelf) await renew();
  };
  const setRole = useMutation(trpc.teams.setRole.mutationOptions({ onSuccess: changed }));
  const remove = useMutation(trpc.teams.removeMember.mutationOptions({ onSuccess: changed }));
  const of = { teamId: team.id, userId: member.userId };
  const role = setRole.isPending ? setRole.variables.role : member.role;
  return (
    <tr data-member={member.userId}>
      <td data-label="Name">
        <div className="min-w-0">
          <span className="font-medium">{member.name}</span>
          {isSelf && <span className="text-ink-3"> (you)</span>}
          {member.status !== "active" && <span className="chip ml-2 rounded-chip bg-chip-pending px-1.5 text-meta text-pending">{member.status}</span>}
          <span className="block text-meta break-all text-ink-2">{member.email}</span>
          {setRole.isError && <FormError>{readApiError(setRole.error).message}</FormError>}
        </div>
      </td>
      <td data-label="Role">
        {team.mayManage ? (
          <Menu
            align="start"
            trigger={
              <Button size="dense" aria-label={`Role of ${member.name}: ${roleWords[role].label}. Change`}>
                {roleWords[role].label}
                <ChevronDown size={12} aria-hidden />
              </Button>
            }
          >
            <MenuChoice label="Role in the team" value={role} options={roleOptions} onChoose={(next) => setRole.mutate({ ...of, role: next })} />
          </Menu>
        ) : (
          roleWords[role].label
        )}
      </td>
      <td data-label="Since">
        <Time at={member.since} as="day" />
      </td>
      {team.mayManage && (
        <td data-label="">
          <Button size="dense" aria-label={`Remove ${member.name}`} onClick={() => setAsking(true)}>
            Remove…
          </Button>
          {asking && (
            <Confirm
              title={`Remove ${member.name} from ${team.name}?`}
              act="Remove from team"
              busy={remove.isPending}
              error={remove.error}
              onConfirm={() => remove.mutate(of)}
              onClose={() => setAsking(false)}
            >
              {isSelf ? "You stay" : "They stay"} in the organization. With the next request {isSelf ? "you" : "they"} see nothing of this team&apos;s log but
              {isSelf ? " your" : " their"} own events.
            </Confirm>
          )}
        </td>
      )}
    </tr>
  );
}
