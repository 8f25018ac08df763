import { useQuery } from "@tanstack/react-query";
import type { Role } from "@daybook/policy";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/field.tsx";
import { previewSentences, roleTitle, type Member } from "./member-words.ts";
import { RolePicker } from "./role-picker.tsx";
import { useMemberChange } from "./use-member-change.ts";

/** Another role, with what it gives and takes told in events before it is saved. */
export function RoleDialog({ member, roles, onClose }: { member: Member; roles: readonly Role[]; onClose: () => void }) {
  const [role, setRole] = useState<Role>(member.role);
  const { session } = useOpen();
  const { busy, error, giveRole } = useMemberChange(member);
  const isSelf = member.userId === session.user.id;
  return (
    <Dialog title={`Role of ${member.name}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          giveRole(role, onClose);
        }}
      >
        <RolePicker legend={`New role (${roleTitle(member.role)} until now)`} roles={roles} value={role} onChange={setRole} />
        {role !== member.role && <Preview member={member} role={role} />}
        {isSelf && role !== member.role && <p className="text-pending">This is your own role. You may need somebody else to give it back.</p>}
        {error !== null && <FormError>{readApiError(error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={role === member.role || busy}>
            {role === member.role ? "Choose another role" : `Make ${roleTitle(role)}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Preview({ member, role }: { member: Member; role: Role }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.members.previewRole.queryOptions({ userId: member.userId, role }));
  return (
    <div role="status" aria-live="polite" className="rounded-control bg-surface px-3 py-2" data-state={preview.status}>
      {preview.data ? (
        previewSentences(preview.data, member.name).map((sentence) => <p key={sentence}>{sentence}</p>)
      ) : preview.isError ? (
        <p>What would change could not be counted. {readApiError(preview.error).message}</p>
      ) : (
        <p className="text-ink-2">Counting what {member.name} would see…</p>
      )}
    </div>
  );
}
