import { mails } from "@daybook/store";
import type { Mail, MailAbout, Tx } from "@daybook/store";
import { newId } from "../context.ts";
import type { Platform } from "../platform.ts";
import { secretLinkPlace } from "./secret-link.ts";

export interface OutgoingMail {
  kind: Mail["kind"];
  mail: { subject: string; html: string; text: string };
  to: readonly string[];
  /** The event that the delivery writes, but for its outcome. */
  about: MailAbout;
  /** A link that lets whoever opens it act as the recipient; the mail's text holds `secretLinkPlace` where it belongs. */
  secretLink?: string;
}

/**
 * Puts a mail into the outbox, in the transaction of what it tells of. Wake `deliverMailQueue` in the same transaction. The Message-ID is made of
 * the mail's id, so every attempt carries the same one and a receiver can drop a repeat.
 */
export async function queueMail(
  tx: Tx,
  organizationId: string,
  platform: Platform,
  { kind, mail, to, about, secretLink }: OutgoingMail,
): Promise<{ mailId: string }> {
  if (to.length === 0) throw new Error("a mail has a recipient");
  if (secretLink !== undefined && (to.length > 1 || !mail.text.includes(secretLinkPlace(platform))))
    throw new Error("a secret link has one recipient and a place in the mail");
  const id = newId(platform);
  await mails.insert(tx, {
    organizationId,
    id,
    kind,
    messageId: `<${id}@${new URL(platform.origin).hostname}>`,
    ...mail,
    recipients: [...to],
    state: "queued",
    nextAttemptAt: platform.now(),
    about,
    secretLink: secretLink ?? null,
    createdAt: platform.now(),
  });
  return { mailId: id };
}
