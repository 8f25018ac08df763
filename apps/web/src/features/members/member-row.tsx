import { rolesGivenBy } from "@daybook/policy";
import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { SimulateItem } from "../auditors/simulate-button.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { roleTitle, signInText, standingWords, teamText, type Member } from "./member-words.ts";
import { RoleDialog } from "./role-dialog.tsx";
import { useMemberChange } from "./use-member-change.ts";
import { searchFor } from "../logs/search-text.ts";

type Asked = "role" | "suspend" | "remove" | "invite" | "leave" | "sign-out";

export function MemberRow({ member }: { member: Member }) {
  const { organization, session } = useOpen();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const isSelf = member.userId === session.user.id;
  const mayManage = organization.grants.includes("members:manage") && member.mayChange;
  return (
    <tr data-member={member.userId}>
      <td data-label="Name">
        <div className="min-w-0">
          <span className="font-medium">{member.name}</span>
          {isSelf && <span className="text-ink-3"> (you)</span>}
          {member.status !== "active" && (
            <span className="chip ml-2 rounded-chip bg-chip-pending px-1.5 text-meta text-pending">{standingWords[member.status]}</span>
          )}
          <span className="block text-meta break-all text-ink-2">{member.email}</span>
        </div>
      </td>
      <td data-label="Role">{roleTitle(member.role)}</td>
      <td data-label="Teams">
        <Memberships member={member} />
      </td>
      <td data-label="Last active">{member.lastActiveAt ? <Time at={member.lastActiveAt} as="day" /> : <span className="text-ink-3">Not yet</span>}</td>
      <td data-label="Sign-in">
        <div className="min-w-0">
          {signInText(member)}
          <span className="block text-meta text-ink-3">{member.twoFactor ? "Second factor on" : "No second factor"}</span>
        </div>
      </td>
      <td data-label="Joined">
        <Time at={member.joinedAt} as="day" />
      </td>
      <td data-label="">
        <MemberMenu member={member} isSelf={isSelf} mayManage={mayManage} onAsk={setAsked} />
        {asked === "role" && <RoleDialog member={member} roles={rolesGivenBy(organization.role)} onClose={close} />}
        {asked === "invite" && <InviteDialog former={member} roles={rolesGivenBy(organization.role)} onClose={close} />}
        {asked === "leave" && <LeaveDialog onClose={close} />}
        {asked === "suspend" && <SuspendDialog member={member} onClose={close} />}
        {asked === "sign-out" && <SignOutDialog member={member} onClose={close} />}
        {asked === "remove" && <RemoveDialog member={member} onClose={close} />}
      </td>
    </tr>
  );
}

function Memberships({ member }: { member: Member }) {
  const { slug: org } = useOpen().organization;
  const { teams, groups } = member;
  if (teams.length === 0 && groups === 0) return <span className="text-ink-3">None</span>;
  return (
    <span className="flex flex-wrap gap-x-2">
      {teams.map((team) => (
        <Link key={team.id} to="/o/$org/teams/$team" params={{ org, team: team.id }} className="link">
          {teamText(team)}
        </Link>
      ))}
      {groups > 0 && <span className="text-ink-2">{groups === 1 ? "1 group" : `${groups} groups`}</span>}
    </span>
  );
}

interface MemberMenuProps {
  member: Member;
  isSelf: boolean;
  mayManage: boolean;
  onAsk: (asked: Asked) => void;
}

function MemberMenu({ member, isSelf, mayManage, onAsk }: MemberMenuProps) {
  const { slug: org } = useOpen().organization;
  const navigate = useNavigate();
  const { reinstate } = useMemberChange(member);
  const activity = () => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType: "activity" }, search: { q: searchFor("actor", member.userId) } });
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${member.name}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={activity}>View activity</MenuItem>
      {!isSelf && member.status !== "removed" && <SimulateItem userId={member.userId} />}
      {(mayManage || isSelf) && <MenuLine />}
      {mayManage && member.status !== "removed" && <MenuItem onSelect={() => onAsk("role")}>Change role…</MenuItem>}
      {mayManage && !isSelf && member.status === "active" && <MenuItem onSelect={() => onAsk("suspend")}>Suspend…</MenuItem>}
      {mayManage && !isSelf && member.status === "suspended" && <MenuItem onSelect={reinstate}>Reinstate</MenuItem>}
      {mayManage && !isSelf && member.status !== "removed" && <MenuItem onSelect={() => onAsk("sign-out")}>Sign out everywhere…</MenuItem>}
      {mayManage && !isSelf && member.status !== "removed" && <MenuItem onSelect={() => onAsk("remove")}>Remove…</MenuItem>}
      {mayManage && member.status === "removed" && <MenuItem onSelect={() => onAsk("invite")}>Invite again…</MenuItem>}
      {isSelf && <MenuItem onSelect={() => onAsk("leave")}>Leave the organization…</MenuItem>}
    </Menu>
  );
}

function SuspendDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { busy, error, suspend } = useMemberChange(member);
  return (
    <Confirm title={`Suspend ${member.name}?`} act="Suspend" busy={busy} error={error} onConfirm={() => suspend(onClose)} onClose={onClose}>
      From the next request on they see and do nothing here, and their keys stop working. Their role, teams and groups wait for the day you reinstate them.
    </Confirm>
  );
}

function SignOutDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { busy, error, signOut } = useMemberChange(member);
  return (
    <Confirm
      title={`Sign ${member.name} out everywhere?`}
      act="Sign out everywhere"
      busy={busy}
      error={error}
      onConfirm={() => signOut(onClose)}
      onClose={onClose}
    >
      All of their sessions end, on every device and in every organization. They keep their access and can sign in again; their keys go on working.
    </Confirm>
  );
}

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { busy, error, remove } = useMemberChange(member);
  return (
    <Confirm title={`Remove ${member.name}?`} act="Remove from organization" busy={busy} error={error} onConfirm={() => remove(onClose)} onClose={onClose}>
      They lose their role, teams, groups and keys at once, and come back only by a new invitation. What they did stays in the log, under their name. To take
      access away for a while, suspend them instead.
    </Confirm>
  );
}
