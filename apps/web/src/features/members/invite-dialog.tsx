import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { mayJoinTeams, teamRoles, type Role, type TeamRole } from "@daybook/policy";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { InviteResults } from "./invite-results.tsx";
import { teamRoleTitle, typedAddresses, type InviteOutcome, type Member } from "./member-words.ts";
import { RolePicker } from "./role-picker.tsx";

const addressesMax = 50;

interface InviteDialogProps {
  roles: readonly Role[];
  /** A former member who comes back: the address is theirs. */
  former?: Pick<Member, "userId" | "name" | "email">;
  onClose: () => void;
}

export function InviteDialog({ roles, former, onClose }: InviteDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [outcomes, setOutcomes] = useState<readonly InviteOutcome[] | null>(null);
  const done = async (all: readonly InviteOutcome[]) => {
    setOutcomes(all);
    await queryClient.invalidateQueries(trpc.invitations.pathFilter());
  };
  const invite = useMutation(trpc.invitations.invite.mutationOptions({ onSuccess: ({ outcomes: all }) => done(all) }));
  const reinvite = useMutation(trpc.invitations.reinvite.mutationOptions({ onSuccess: (outcome) => done([outcome]) }));
  const failure = invite.error ?? reinvite.error;
  return (
    <Dialog title={former ? `Invite ${former.name} again` : "Invite people"} onClose={onClose}>
      {outcomes ? (
        <InviteResults outcomes={outcomes} onClose={onClose} />
      ) : (
        <InviteForm
          roles={roles}
          former={former}
          busy={invite.isPending || reinvite.isPending}
          error={failure ? readApiError(failure).message : null}
          onInvite={(addresses, offer) => (former ? reinvite.mutate({ userId: former.userId, ...offer }) : invite.mutate({ addresses, ...offer }))}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface Offer {
  role: Role;
  teams: { teamId: string; role: TeamRole }[];
}

interface InviteFormProps extends Omit<InviteDialogProps, "former"> {
  former: InviteDialogProps["former"] | undefined;
  busy: boolean;
  error: string | null;
  onInvite: (addresses: string, offer: Offer) => void;
}

function InviteForm({ roles, former, busy, error, onInvite, onClose }: InviteFormProps) {
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role>("member");
  const [teams, setTeams] = useState<Offer["teams"]>([]);
  const count = former ? 1 : typedAddresses(text).length;
  const joins = mayJoinTeams(role);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onInvite(text, { role, teams: joins ? teams : [] });
      }}
    >
      {former ? (
        <p className="text-ink-2">
          An invitation goes to <span className="break-all text-ink">{former.email}</span>. They keep their account, and begin with the role and teams that you
          choose here.
        </p>
      ) : (
        <Field
          label="E-mail addresses"
          hint={`One a line, or parted by commas; up to ${addressesMax} at once.`}
          error={count > addressesMax ? `These are ${count} addresses. Invite at most ${addressesMax} at once.` : null}
        >
          {(control) => (
            <textarea
              {...control}
              required
              rows={3}
              spellCheck={false}
              autoComplete="off"
              className="control h-auto py-1.5"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
      <RolePicker legend="They join as" roles={roles} value={role} onChange={setRole} />
      {joins && <TeamChoice chosen={teams} onChange={setTeams} />}
      {error && <FormError>{error}</FormError>}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={busy || count === 0 || count > addressesMax}>
          {busy ? "Inviting…" : count > 1 ? `Send ${count} invitations` : "Send invitation"}
        </Button>
      </div>
    </form>
  );
}

function TeamChoice({ chosen, onChange }: { chosen: Offer["teams"]; onChange: (teams: Offer["teams"]) => void }) {
  const trpc = useTRPC();
  const { organization } = useOpen();
  const teams = useQuery(trpc.teams.list.queryOptions({}, { enabled: organization.grants.includes("teams:read") }));
  if (!teams.data || teams.data.teams.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">Teams they join</legend>
      <div className="scroll-thin max-h-40 overflow-y-auto">
        {teams.data.teams.map(({ id, name }) => {
          const held = chosen.find(({ teamId }) => teamId === id);
          return (
            <div key={id} className="flex min-h-8 items-center justify-between gap-2">
              <label className="flex min-w-0 items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-[var(--accent)]"
                  checked={held !== undefined}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...chosen, { teamId: id, role: "member" }] : chosen.filter(({ teamId }) => teamId !== id))
                  }
                />
                <span className="truncate">{name}</span>
              </label>
              {held && (
                <select
                  aria-label={`Role in ${name}`}
                  className="control h-7 w-auto"
                  value={held.role}
                  onChange={(event) => {
                    const role = teamRoles.find((each) => each === event.target.value);
                    if (role) onChange(chosen.map((each) => (each.teamId === id ? { ...each, role } : each)));
                  }}
                >
                  {teamRoles.map((each) => (
                    <option key={each} value={each}>
                      {teamRoleTitle[each]}
                    </option>
                  ))}
                </select>
              )}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
