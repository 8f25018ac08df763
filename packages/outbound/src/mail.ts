import { createTransport } from "nodemailer";
import { type MailAddress, oneLine, type ParsedAddress, parseAddress } from "./address.ts";
import { parseSmtpUrl, type SmtpServer } from "./smtp-url.ts";
import { type Receipt, receiptOfFailure, receiptOfSuccess, redactor, withInvalid } from "./receipt.ts";

export type { Receipt } from "./receipt.ts";

export interface MailDoor {
  /** `mailbox`: no server is configured, the store's mailbox keeps the mail and `send` must not be called. */
  readonly transport: "mailbox" | "smtp";
  /** The sender that mails carry when the message names none. */
  readonly from: string;
  /** Never throws for what the other side does. Returns within `bounds.sendMs`. */
  send(message: MailMessage, signal?: AbortSignal): Promise<Receipt>;
}

export interface MailMessage {
  /** `<mail-id@host>`, the same for every attempt: after a lost answer we send again, and the receiver can drop the repeat. */
  messageId: string;
  from?: MailAddress;
  to: MailAddress[];
  subject: string;
  html: string;
  text: string;
  /** Such as `List-Unsubscribe` and `List-Unsubscribe-Post`. */
  headers?: Record<string, string>;
}

export interface MailBounds {
  connectionMs: number;
  greetingMs: number;
  /** Silence on an open connection. */
  socketMs: number;
  /** The whole of it: a server that drips a byte now and then is never silent. */
  sendMs: number;
  recipientsMax: number;
}

const mailBounds: MailBounds = { connectionMs: 10_000, greetingMs: 10_000, socketMs: 20_000, sendMs: 60_000, recipientsMax: 100 };

export interface MailDoorOptions {
  smtpUrl?: string | undefined;
  from: string;
  bounds?: Partial<MailBounds>;
}

export function openMailDoor({ smtpUrl, from, bounds }: MailDoorOptions): MailDoor {
  if (parseAddress(from) === null) throw new Error("MAIL_FROM must be one mail address, such as `Daybook <daybook@acme.example>`");
  if (smtpUrl === undefined || smtpUrl === "")
    return { transport: "mailbox", from, send: () => Promise.reject(new Error("No mail server is configured: mails stay in the mailbox")) };
  const server = parseSmtpUrl(smtpUrl);
  const limits = { ...mailBounds, ...bounds };
  return { transport: "smtp", from, send: (message, signal) => send({ server, from, limits }, message, signal) };
}

async function send(
  { server, from, limits }: { server: SmtpServer; from: string; limits: MailBounds },
  message: MailMessage,
  signal?: AbortSignal,
): Promise<Receipt> {
  const recipients = recipientsOf(message, limits);
  const sender = parseAddress(message.from ?? from);
  assertSendable(message, sender);
  if (recipients.valid.length === 0)
    return withInvalid({ outcome: "refused", detail: "No recipient has a valid mail address", perRecipient: [] }, recipients.invalid);
  const redact = redactor(server.credentials);
  const deadline = AbortSignal.timeout(limits.sendMs);
  const transporter = createTransport(transportOptions(server, limits));
  try {
    const info = await transporter.sendMail({
      ...envelope(message, sender, recipients.valid),
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    return withInvalid(receiptOfSuccess(info, redact), recipients.invalid);
  } catch (error) {
    const failure = deadline.aborted ? { code: "ETIMEDOUT", message: `The mail server took longer than ${limits.sendMs} ms` } : error;
    return withInvalid(receiptOfFailure(failure, recipients.valid, redact), recipients.invalid);
  } finally {
    transporter.close();
  }
}

function recipientsOf({ to }: MailMessage, { recipientsMax }: MailBounds): { valid: ParsedAddress[]; invalid: string[] } {
  if (to.length > recipientsMax) throw new Error(`A mail goes to ${recipientsMax} recipients at most; got ${to.length}`);
  const parsed = to.map((one) => ({ one, address: parseAddress(one) }));
  const valid = parsed.flatMap(({ address }) => (address ? [address] : []));
  return {
    valid: valid.filter((one, index) => valid.findIndex(({ address }) => address === one.address) === index),
    invalid: parsed.filter(({ address }) => address === null).map(({ one }) => (typeof one === "string" ? one : one.address)),
  };
}

/** These come from Daybook's own code, so a fault in them is a broken assumption and not the receiver's answer. */
function assertSendable({ messageId, headers = {} }: MailMessage, sender: ParsedAddress | null): asserts sender is ParsedAddress {
  if (sender === null) throw new Error("The sender is not one mail address");
  if (!/^<[^<>\s@]+@[^<>\s@]+>$/.test(messageId)) throw new Error("A Message-ID looks like <id@host>");
  const foreign = Object.keys(headers).find((name) => !/^[A-Za-z][A-Za-z0-9-]*$/.test(name) || reservedHeaders.has(name.toLowerCase()));
  if (foreign !== undefined) throw new Error(`${JSON.stringify(foreign)} is not a header that a message may set`);
}

/** Those that this door writes itself, or that would change who gets the mail. */
const reservedHeaders = new Set([
  "from",
  "sender",
  "to",
  "cc",
  "bcc",
  "subject",
  "date",
  "message-id",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
]);

const envelope = ({ messageId, subject, html, text, headers = {} }: MailMessage, from: ParsedAddress, to: ParsedAddress[]) => ({
  messageId,
  from,
  to,
  subject: oneLine(subject),
  html,
  text,
  // Out-of-office robots leave such mail alone (RFC 3834).
  headers: { "Auto-Submitted": "auto-generated", ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, oneLine(value)])) },
  // Mail bodies hold foreign text; none of it may make the mailer read a file or an address.
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** One connection for one mail: Daybook sends few, and a connection kept open would be the one that has died when it matters. */
const transportOptions = ({ host, port, credentials, tls }: SmtpServer, { connectionMs, greetingMs, socketMs }: MailBounds) => ({
  host,
  port,
  secure: tls === "implicit",
  requireTLS: tls === "required",
  ignoreTLS: tls === "off",
  tls: { rejectUnauthorized: tls !== "opportunistic" },
  ...(credentials ? { auth: credentials } : {}),
  connectionTimeout: connectionMs,
  greetingTimeout: greetingMs,
  socketTimeout: socketMs,
  dnsTimeout: connectionMs,
  // A server that never closes its side would hold the socket for the default of 30 s.
  socketCloseTimeout: 1_000,
});
