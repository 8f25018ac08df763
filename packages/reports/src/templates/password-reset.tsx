/** @jsxRuntime automatic */
import type { ReactElement } from "react";
import { defineMail } from "../define-report.ts";
import { clean } from "../words.ts";
import { ActionLink, Footnote, Frame, Paragraph, TextLink } from "./frame.tsx";

export interface PasswordResetData {
  /** The console's public origin, without a slash at its end. */
  origin: string;
  /** Where the new password is set. */
  link: string;
  email: string;
  /** For how long the link works. */
  minutes: number;
}

export const passwordResetMail = defineMail<PasswordResetData>({
  id: "password_reset",
  title: "Password reset",
  description: "The link for a new password, how long it works, and what to do when somebody else asked for it.",
  subject: () => "Set a new password for Daybook",
  component: (data) => <PasswordResetMail {...data} />,
  text,
  sample: { origin: "https://daybook.acme.example", link: "https://daybook.acme.example/only-for-the-recipient", email: "alice@acme.example", minutes: 60 },
});

function PasswordResetMail(data: PasswordResetData): ReactElement {
  const { link } = data;
  return (
    <Frame title={heading} preview={introOf(data)} organization="Daybook" heading={heading} meta={deadlineOf(data)} footer={<Footnote>{footnote}</Footnote>}>
      <Paragraph style={{ marginTop: 16 }}>{introOf(data)}</Paragraph>
      <div style={{ marginTop: 24 }}>
        <ActionLink href={link}>Set a new password</ActionLink>
      </div>
      <Paragraph tone="meta" style={{ overflowWrap: "anywhere" }}>
        Or open this address: <TextLink href={link}>{link}</TextLink>
      </Paragraph>
      <Paragraph style={{ marginTop: 16 }}>{consequence}</Paragraph>
    </Frame>
  );
}

const heading = "Set a new password";

const introOf = ({ email, origin }: PasswordResetData): string => `Somebody, we hope you, asked for a new password for ${clean(email)} on ${clean(origin)}.`;

const deadlineOf = ({ minutes }: PasswordResetData): string => `The link works for ${minutes} minutes, once.`;

const consequence = "The new password ends every session that you have. A second factor stays on.";

const footnote = "You did not ask for it? Do nothing: your password stays what it is, and the link stops working by itself.";

function text(data: PasswordResetData): string {
  return [heading, introOf(data), "", `Set a new password: ${data.link}`, deadlineOf(data), consequence, "", "-- ", footnote].join("\n");
}
