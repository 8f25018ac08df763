import type { Platform } from "../platform.ts";

/**
 * A link that proves who its reader is: whoever opens it acts as the recipient. The mail is written with this address in its place. The link itself
 * stands beside it, is put in when the mail goes out, and is forgotten once a mail server took it; a copy in the console's mailbox shows it to the
 * recipient alone.
 */
export const secretLinkPlace = ({ origin }: Pick<Platform, "origin">): string => `${origin}/only-for-the-recipient`;

interface MailText {
  html: string;
  text: string;
}

export const revealed = ({ html, text }: MailText, place: string, link: string): MailText => ({
  html: html.replaceAll(place, link),
  text: text.replaceAll(place, link),
});

/** What everybody else reads. The button leads nowhere. */
export const concealed = ({ html, text }: MailText, place: string): MailText => ({
  html: html.replaceAll(`href="${place}"`, 'href="#"').replaceAll(place, concealment),
  text: text.replaceAll(place, concealment),
});

const concealment = "(only the recipient sees this link)";
