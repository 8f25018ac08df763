/** @jsxRuntime automatic */
import type { ReactElement } from "react";
import { defineMail } from "../define-report.ts";
import { clean, momentLabel } from "../words.ts";
import { ActionLink, Columns, Footnote, Frame, Paragraph, TextLink } from "./frame.tsx";
import { toneStyle } from "./tones.ts";

export interface InvitationData {
  organization: { name: string; timeZone: string };
  /** Who invited; without an address for the operator's command line. */
  inviter: { name: string; email?: string | undefined };
  /** `an Admin`, and what that lets one do. */
  role: { title: string; sentence: string };
  /** Names of the teams that they join, each with the role in it. */
  teams: string[];
  /** Where it is accepted. */
  link: string;
  expiresAt: string;
  /** For somebody who was a member before. */
  former: boolean;
}

export const invitationMail = defineMail<InvitationData>({
  id: "invitation",
  title: "Invitation",
  description: "Who invites, to which organization, as what, until when, and the link to accept.",
  subject: ({ inviter, organization, former }) =>
    `${clean(inviter.name, 60)} invited you ${former ? "back " : ""}to ${clean(organization.name, 60)} on Daybook`,
  component: (data) => <InvitationMail {...data} />,
  text,
  sample: {
    organization: { name: "Acme", timeZone: "Europe/Paris" },
    inviter: { name: "Alice Jones", email: "alice@acme.example" },
    role: { title: "an Admin", sentence: "Sees the log and manages members, teams and settings, but neither owners nor retention." },
    teams: ["Insights (admin)", "Finance (member)"],
    link: "https://daybook.acme.example/only-for-the-recipient",
    expiresAt: "2026-11-28T09:30:00.000Z",
    former: false,
  },
});

/** Names of teams in one mail; the rest are counted by the console. */
const teamsMax = 10;

function InvitationMail(data: InvitationData): ReactElement {
  const { organization, link } = data;
  return (
    <Frame
      title={headingOf(data)}
      preview={introOf(data)}
      organization={clean(organization.name)}
      heading={headingOf(data)}
      meta={deadlineOf(data)}
      footer={<Footnote>{footnote}</Footnote>}
    >
      <Paragraph style={{ marginTop: 16 }}>{introOf(data)}</Paragraph>
      <Columns style={{ marginTop: 20 }}>
        {factsOf(data).map(({ label, value }) => (
          <tr key={label}>
            <td width="72" valign="top" className="meta line" style={{ ...toneStyle("meta"), ...cell }}>
              {label}
            </td>
            <td valign="top" className="text line" style={{ ...toneStyle("text"), ...cell, overflowWrap: "anywhere" }}>
              {value}
            </td>
          </tr>
        ))}
      </Columns>
      <div style={{ marginTop: 24 }}>
        <ActionLink href={link}>Accept the invitation</ActionLink>
      </div>
      <Paragraph tone="meta" style={{ overflowWrap: "anywhere" }}>
        Or open this address: <TextLink href={link}>{link}</TextLink>
      </Paragraph>
    </Frame>
  );
}

const cell = { borderTop: "1px solid #DDE2E9", padding: "8px 12px 8px 0", fontSize: 13, lineHeight: "20px" } as const;

const headingOf = ({ organization, former }: InvitationData): string => `Join ${clean(organization.name, 60)}${former ? " again" : ""}`;

const introOf = ({ inviter, organization, former }: InvitationData): string =>
  `${clean(inviter.name, 60)}${inviter.email === undefined ? "" : ` (${clean(inviter.email)})`} invited you ${former ? "back " : ""}to ${clean(organization.name, 60)} on Daybook, the organization's audit log.`;

const deadlineOf = ({ expiresAt, organization }: InvitationData): string =>
  `Open until ${momentLabel(expiresAt, organization.timeZone)} · ${organization.timeZone} time`;

const footnote = "The link is for you alone: whoever opens it joins in your name. If you did not expect it, do nothing; it stops working by itself.";

function factsOf({ role, teams }: InvitationData): { label: string; value: string }[] {
  const more = teams.length - teamsMax;
  const names = [...teams.slice(0, teamsMax).map((name) => clean(name, 80)), ...(more > 0 ? [`and ${more} more`] : [])];
  return [{ label: "As", value: `${role.title}. ${role.sentence}` }, ...(names.length === 0 ? [] : [{ label: "Teams", value: names.join(", ") }])];
}

function text(data: InvitationData): string {
  return [
    headingOf(data),
    introOf(data),
    "",
    ...factsOf(data).map(({ label, value }) => `${`${label}:`.padEnd(8)} ${value}`),
    "",
    `Accept the invitation: ${data.link}`,
    deadlineOf(data),
    "",
    "-- ",
    footnote,
  ].join("\n");
}
