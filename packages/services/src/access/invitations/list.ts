import { mayTouchMember } from "@daybook/policy";
import type { Role } from "@daybook/policy";
import { invitations, mails, teams } from "@daybook/store";
import type { Invitation, Mail } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../../verb.ts";
import { parseRole } from "../viewers.ts";

/** Those that wait come first, so what is cut off is old and settled. */
const invitationsShownMax = 600;

export interface InvitationView {
  id: string;
  email: string;
  role: Role;
  teams: { id: string; name: string; role: "admin" | "member" }[];
  state: "open" | "expired" | "accepted" | "revoked" | "replaced";
  former: boolean;
  invitedBy: string;
  createdAt: string;
  sentAt: string;
  expiresAt: string;
  settledAt: string | null;
  /** What became of its last mail; `delivered` means that it lies in the mailbox of the console, and reached nobody. */
  mail: Mail["state"] | null;
  mayChange: boolean;
}

export const listInvitations = defineRead({
  name: "invitations.list",
  needs: "members:read",
  input: z.object({}).optional(),
  async run({ store, now }, { viewer }): Promise<InvitationView[]> {
    const { organizationId } = viewer;
    const db = store.of(organizationId);
    const rows = await invitations.list(db, organizationId, { limit: invitationsShownMax });
    const [named, sent] = await Promise.all([
      teams.list(db, organizationId, { userId: null, onlyTheirs: false, limit: 10_000 }),
      rows.length === 0
        ? []
        : mails.about(
            db,
            organizationId,
            rows.map(({ id }) => id),
          ),
    ]);
    const at = now();
    return rows.map((row) => ({
      id: row.id,
      email: row.email,
      role: parseRole(row.role),
      teams: row.teams.flatMap(({ teamId, role }) => named.filter(({ id }) => id === teamId).map(({ id, name }) => ({ id, name, role }))),
      state: stateOf(row, at),
      former: row.former,
      invitedBy: row.invitedByName,
      createdAt: row.createdAt.toISOString(),
      sentAt: row.sentAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      mail: sent.filter(({ subjectId }) => subjectId === row.id).toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]?.state ?? null,
      mayChange: mayTouchMember(viewer, parseRole(row.role)).allowed,
    }));
  },
});

export const stateOf = ({ state, expiresAt }: Pick<Invitation, "state" | "expiresAt">, at: Date): InvitationView["state"] =>
  state === "open" && expiresAt <= at ? "expired" : state;
