import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { FormError } from "../../ui/field.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { Time } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { invitationWords, mailWords, roleTitle, teamText, type Invitation } from "./member-words.ts";

const stateLook = { open: "bg-chip-progress text-progress", expired: "bg-chip-pending text-pending" } as const;

export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { organization } = useOpen();
  const [revoking, setRevoking] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const changed = () => queryClient.invalidateQueries(trpc.invitations.pathFilter());
  const resend = useMutation(
    trpc.invitations.resend.mutationOptions({
      onSuccess: async (sent) => {
        if (sent.link === null) toast(`The invitation of ${invitation.email} went out again. Its old link no longer works.`);
        setLink(sent.link);
        await changed();
      },
    }),
  );
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions({
      // The row goes with the dialog, which then knows that what opened it is gone.
      onSuccess: async () => {
        await changed();
        setRevoking(false);
      },
    }),
  );
  const waits = invitation.state === "open" || invitation.state === "expired";
  const mail = mailWords(invitation);
  const mayManage = waits && invitation.mayChange && organization.grants.includes("members:manage");
  return (
    <tr data-invitation={invitation.id}>
      <td data-label="Address">
        <div className="min-w-0">
          <span className="font-medium break-all">{invitation.email}</span>
          {invitation.former && <span className="block text-meta text-ink-3">Was a member before</span>}
          {resend.isError && <FormError>{readApiError(resend.error).message}</FormError>}
        </div>
      </td>
      <td data-label="Role">
        <div className="min-w-0">
          {roleTitle(invitation.role)}
          {invitation.teams.length > 0 && <span className="block text-meta text-ink-3">{invitation.teams.map(teamText).join(", ")}</span>}
        </div>
      </td>
      <td data-label="State">
        <div className="min-w-0">
          {invitation.state === "open" || invitation.state === "expired" ? (
            <span className={`chip rounded-chip px-1.5 text-meta ${stateLook[invitation.state]}`}>{invitationWords[invitation.state]}</span>
          ) : (
            invitationWords[invitation.state]
          )}
          {mail && <span className="block max-w-[26ch] text-meta text-ink-3">{mail}</span>}
        </div>
      </td>
      <td data-label="Invited">
        <div className="min-w-0">
          <Time at={invitation.sentAt} as="day" />
          <span className="block text-meta text-ink-3">by {invitation.invitedBy}</span>
        </div>
      </td>
      <td data-label="Expires">{waits ? <Time at={invitation.expiresAt} /> : invitation.settledAt && <Time at={invitation.settledAt} as="day" />}</td>
      <td data-label="">
        {mayManage && (
          <span className="flex flex-wrap justify-end gap-1.5">
            <Button
              size="dense"
              aria-label={`Send the invitation of ${invitation.email} again`}
              disabled={resend.isPending}
              onClick={() => resend.mutate({ invitationId: invitation.id })}
            >
              Send again
            </Button>
            <Button size="dense" aria-label={`Revoke the invitation of ${invitation.email}`} onClick={() => setRevoking(true)}>
              Revoke…
            </Button>
          </span>
        )}
        {revoking && (
          <Confirm
            title={`Revoke the invitation of ${invitation.email}?`}
            act="Revoke invitation"
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={() => revoke.mutate({ invitationId: invitation.id })}
            onClose={() => setRevoking(false)}
          >
            Its link stops working at once. You can invite the address anew.
          </Confirm>
        )}
        {link !== null && (
          <SecretOnce title="New link" what="link" secret={link} onClose={() => setLink(null)}>
            <p>
              No mail server is set up, so hand it to <strong className="font-medium break-all">{invitation.email}</strong> yourself. The old link no longer
              works.
            </p>
          </SecretOnce>
        )}
      </td>
    </tr>
  );
}
