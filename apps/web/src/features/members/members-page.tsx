import { useQuery } from "@tanstack/react-query";
import { rolesGivenBy } from "@daybook/policy";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberList } from "./member-list.tsx";
import type { Invitation } from "./member-words.ts";

type View = "members" | "invitations";

export function MembersPage() {
  const { organization } = useOpen();
  if (organization.grants.includes("members:read")) return <OpenMembersPage />;
  return (
    <Page title="Members">
      <section data-state="forbidden">
        <EmptyPanel title="Members are not shown to your role">
          Seeing them takes the right <code className="mono">members:read</code>. An owner or admin of the organization can tell you who is in it, or change
          your role.
        </EmptyPanel>
      </section>
    </Page>
  );
}

const mailsLeaveWithinMs = 60_000;
const askedAgainMs = 2_000;

/** Mails leave within seconds; one that does not is not waited for. */
const whileMailsLeave = (list: readonly Invitation[] | undefined): number | false =>
  list?.some(({ mail, sentAt }) => mail === "queued" && Date.now() - Date.parse(sentAt) < mailsLeaveWithinMs) ? askedAgainMs : false;

function OpenMembersPage() {
  const trpc = useTRPC();
  const { organization } = useOpen();
  const invitations = useQuery(trpc.invitations.list.queryOptions(undefined, { staleTime: 0, refetchInterval: ({ state }) => whileMailsLeave(state.data) }));
  // In the address, so that a link to the invitations opens them.
  const view: View = useLocation({ select: ({ hash }) => hash }) === "invitations" ? "invitations" : "members";
  const navigate = useNavigate();
  const [inviting, setInviting] = useState(false);
  const waiting = invitations.data?.filter(({ state }) => state === "open").length ?? 0;
  const invite = organization.grants.includes("members:manage") && (
    <Button look="primary" onClick={() => setInviting(true)}>
      <UserPlus size={14} aria-hidden />
      Invite people
    </Button>
  );
  return (
    <Page title="Members" about="Who belongs to the organization, and what each of them sees of its log." action={invite}>
      <Segmented<View>
        label="Show"
        value={view}
        options={[
          { value: "members", label: "Members" },
          { value: "invitations", label: waiting > 0 ? `Invitations (${waiting})` : "Invitations" },
        ]}
        onChange={(next) => void navigate({ to: ".", hash: next === "invitations" ? "invitations" : "", replace: true })}
      />
      {view === "members" ? <MemberList invite={invite} /> : <InvitationList query={invitations} invite={invite} />}
      {inviting && <InviteDialog roles={rolesGivenBy(organization.role)} onClose={() => setInviting(false)} />}
    </Page>
  );
}
