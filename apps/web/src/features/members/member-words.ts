import { roleWords, type Role, type TeamRole } from "@daybook/policy";
import type { inferOutput, Trpc } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";

export type Member = inferOutput<Trpc["members"]["list"]>["members"][number];
export type Invitation = inferOutput<Trpc["invitations"]["list"]>[number];
export type InviteOutcome = inferOutput<Trpc["invitations"]["invite"]>["outcomes"][number];
export type RolePreview = inferOutput<Trpc["members"]["previewRole"]>;

export const roleTitle = (role: Role): string => roleWords[role].title;

export const teamRoleTitle: Record<TeamRole, string> = { member: "Member", admin: "Team admin" };

/** A team as one is in it: `Insights`, `Insights (team admin)`. */
export const teamText = ({ name, role }: { name: string; role: TeamRole }): string => `${name}${{ member: "", admin: " (team admin)" }[role]}`;

/** What a new role gives and takes, in events. */
export function previewSentences({ gained, lost, exact }: RolePreview, name: string): string[] {
  const events = (count: number) => `${exact ? "" : "≈ "}${plural(count, "event")}`;
  if (gained === 0 && lost === 0) return [`${name} will see the same events as now.`];
  return [
    ...(gained > 0 ? [`${name} will also see ${events(gained)}.`] : []),
    ...(lost > 0 ? [`${name} will no longer see ${events(lost)} that they see now.`] : []),
  ];
}

const methodWords = { password: "Password", passkey: "Passkey", single_sign_on: "Single sign-on" } as const satisfies Record<
  Member["signInMethods"][number],
  string
>;

export const signInText = ({ signInMethods }: Pick<Member, "signInMethods">): string =>
  signInMethods.length === 0 ? "None yet" : signInMethods.map((method) => methodWords[method]).join(", ");

export const standingWords = { active: "Active", suspended: "Suspended", removed: "Former" } as const satisfies Record<Member["status"], string>;

export const invitationWords = {
  open: "Waiting",
  expired: "Expired",
  accepted: "Accepted",
  revoked: "Revoked",
  replaced: "Replaced",
} as const satisfies Record<Invitation["state"], string>;

/** What became of the mail, where that is worth a word. */
export function mailWords({ mail, state }: Pick<Invitation, "mail" | "state">): string | null {
  if (state !== "open" && state !== "expired") return null;
  switch (mail) {
    case "queued":
      return "Its mail is on its way.";
    case "failed":
      return "Its mail could not be delivered.";
    case "delivered":
      return "No mail server is set up: “Send again” shows a new link to hand over.";
    case "sent":
    case null:
      return null;
  }
}

/** Addresses as they are typed: one a line, or parted by commas or semicolons. */
export const typedAddresses = (text: string): string[] => [...new Set(text.split(/[\s,;]+/u).filter((part) => part !== ""))];

export const invitedCount = (outcomes: readonly InviteOutcome[]): number => outcomes.filter((outcome) => "id" in outcome).length;
