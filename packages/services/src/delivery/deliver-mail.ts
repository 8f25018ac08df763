import type { Receipt } from "@daybook/outbound";
import { mails, organizations } from "@daybook/store";
import type { Mail, MailReceipt, Tx } from "@daybook/store";
import { asDaybook } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { revealed, secretLinkPlace } from "./secret-link.ts";

/** Queue of the job that runs `deliverMail`; whoever queues a mail wakes it. */
export const deliverMailQueue = "delivery.deliver_mail";

const organizationsPerRoundMax = 100;
/** Mails of one organization before others get their turn. */
const mailsPerTurnMax = 20;
const roundsMax = 1_000;

/** Delivers every mail that is due. Killed at any point, the next run goes on where the last commit left it. */
export async function deliverMail(platform: Platform, signal?: AbortSignal): Promise<void> {
  for (let round = 0; round < roundsMax && !signal?.aborted; round += 1) {
    const organizationIds = await mails.organizationsDue(platform.store.platform, { at: platform.now(), limit: organizationsPerRoundMax });
    let handled = 0;
    for (const organizationId of organizationIds) handled += await turn(platform, organizationId, signal);
    // Nothing left, or the rest is in the hands of another worker.
    if (handled === 0) return;
  }
}

async function turn(platform: Platform, organizationId: string, signal: AbortSignal | undefined): Promise<number> {
  const deliverNext = (await channelOf(platform, organizationId)) === "smtp" ? sendNext : keepNext;
  let handled = 0;
  while (handled < mailsPerTurnMax && !signal?.aborted && (await deliverNext(platform, organizationId, signal))) handled += 1;
  return handled;
}

/** Made-up incidents must not reach anybody's real inbox: the demo's mails stay in its mailbox. */
async function channelOf({ store, mail }: Platform, organizationId: string): Promise<"mailbox" | "smtp"> {
  const organization = await organizations.find(store.of(organizationId), organizationId);
  return organization?.demo ? "mailbox" : mail.transport;
}

/** The mailbox is our own table: delivery and its event are one transaction, so both happen exactly once. */
async function keepNext(platform: Platform, organizationId: string): Promise<boolean> {
  return platform.store.transaction(organizationId, async (tx) => {
    const mail = await mails.takeDue(tx, organizationId, { at: platform.now() });
    if (!mail) return false;
    // Who is invited is not in yet, so nobody could read the link here.
    const forgotten = mail.kind === "invitation" && { secretLink: null };
    await mails.update(tx, organizationId, { id: mail.id, state: "delivered", attempts: mail.attempts + 1, error: null, sentAt: platform.now(), ...forgotten });
    await recordOutcome(tx, platform, mail, { channel: "mailbox", reached: mail.recipients.length, failure: null });
    return true;
  });
}

/** Longer than one send can take, so that nobody sends a mail that is still on its way. */
const leaseMs = 2 * 60_000;
/** With the delays below, about a day: long enough for a mail server's bad night. */
const attemptsMax = 30;
const retryDelayMs = 15_000;
const retryDelayMaxMs = 3_600_000;

const retryAfterMs = (attempts: number): number => Math.min(retryDelayMs * 2 ** (attempts - 1), retryDelayMaxMs);

/**
 * Claim, send, settle: the send stands between two transactions because it may take a minute. Killed between send and settlement, the mail is sent
 * again under the same Message-ID once its lease is over: at least once to the mail server, exactly once in the log.
 */
async function sendNext(platform: Platform, organizationId: string, signal: AbortSignal | undefined): Promise<boolean> {
  const mail = await platform.store.transaction(organizationId, (tx) => claim(tx, platform, organizationId));
  if (!mail) return false;
  if (mail.state === "queued") {
    const { messageId, subject, secretLink } = mail;
    const body = secretLink === null ? { html: mail.html, text: mail.text } : revealed(mail, secretLinkPlace(platform), secretLink);
    const receipt = await platform.mail.send({ messageId, to: waitingOf(mail), subject, ...body }, signal);
    await platform.store.transaction(organizationId, (tx) => settle(tx, platform, mail, receipt));
  }
  return true;
}

/** Takes the next due mail for this attempt. One that used up its attempts is given up here. */
async function claim(tx: Tx, platform: Platform, organizationId: string): Promise<Mail | null> {
  const now = platform.now();
  const mail = await mails.takeDue(tx, organizationId, { at: now });
  if (!mail) return null;
  if (mail.attempts >= attemptsMax) {
    const receipts = [...mail.receipts, ...waitingOf(mail).map((address) => receiptOf(address, "failed", lostDetail, now))];
    return finish(tx, platform, { ...mail, receipts });
  }
  const claimed = { attempts: mail.attempts + 1, nextAttemptAt: new Date(now.getTime() + leaseMs) };
  await mails.update(tx, organizationId, { id: mail.id, ...claimed });
  return { ...mail, ...claimed };
}

const lostDetail = "The last attempt did not report back.";

/** Recipients that no attempt has settled yet. */
const waitingOf = ({ recipients, receipts }: Mail): string[] => recipients.filter((to) => !receipts.some(({ address }) => address === to));

/** Writes down what the server said. A slower worker may have overtaken: what was accepted stands, what was not is left to the newer attempt. */
async function settle(tx: Tx, platform: Platform, { organizationId, id, attempts }: Mail, receipt: Receipt): Promise<void> {
  const mail = await mails.lock(tx, organizationId, id);
  if (!mail || mail.state !== "queued") return;
  const now = platform.now();
  const overtaken = mail.attempts !== attempts;
  const gaveUp = !overtaken && attempts >= attemptsMax;
  const settled = waitingOf(mail).flatMap((address) => {
    const { outcome, detail } = receipt.perRecipient.find((one) => one.address.toLowerCase() === address.toLowerCase()) ?? receipt;
    if (outcome === "accepted") return [receiptOf(address, "sent", detail, now)];
    return (outcome === "refused" && !overtaken) || gaveUp ? [receiptOf(address, "failed", detail, now)] : [];
  });
  const updated = { ...mail, receipts: [...mail.receipts, ...settled] };
  if (waitingOf(updated).length === 0) {
    await finish(tx, platform, updated);
    return;
  }
  const retry = overtaken ? {} : { error: troubleOf(receipt), nextAttemptAt: new Date(now.getTime() + retryAfterMs(attempts)) };
  await mails.update(tx, organizationId, { id, receipts: updated.receipts, ...retry });
}

const receiptOf = (address: string, state: MailReceipt["state"], detail: string, at: Date): MailReceipt => ({ address, state, detail, at: at.toISOString() });

const troubleOf = ({ detail, perRecipient }: Receipt): string => perRecipient.find(({ outcome }) => outcome !== "accepted")?.detail ?? detail;

/** Every recipient has an answer. The mail was sent if it reached anybody. */
async function finish(tx: Tx, platform: Platform, mail: Mail): Promise<Mail> {
  const failed = mail.receipts.filter(({ state }) => state === "failed");
  const reached = mail.receipts.length - failed.length;
  const state = reached > 0 ? "sent" : "failed";
  const failure =
    failed.length > 0
      ? failed
          .map(({ address, detail }) => `${address}: ${detail}`)
          .join("; ")
          .slice(0, errorLengthMax)
          .toWellFormed()
      : null;
  const finished = { state, error: failure, receipts: mail.receipts, sentAt: reached > 0 ? platform.now() : null, secretLink: null } as const;
  await mails.update(tx, mail.organizationId, { id: mail.id, ...finished });
  await recordOutcome(tx, platform, mail, { channel: "smtp", reached, failure });
  return { ...mail, ...finished };
}

const errorLengthMax = 2_000;

interface Outcome {
  channel: "mailbox" | "smtp";
  /** Recipients who got it. */
  reached: number;
  failure: string | null;
}

/** `alerts_sent`, `report_sent`: one event a mail, whatever its delivery took. Of a mail about a recorded act, the act is the event. */
async function recordOutcome(tx: Tx, platform: Platform, { id, organizationId, about, attempts }: Mail, { channel, reached, failure }: Outcome): Promise<void> {
  if (about.action === null) return;
  await record(platform, tx, asDaybook(organizationId, "Daybook mail"), {
    action: about.action,
    status: reached > 0 ? "success" : "failed",
    resource: about.resource,
    related_resources: [...about.related, { type: "mail", id }],
    metadata: { ...about.metadata, channel, recipients: reached, attempts: Math.max(1, attempts) },
    ...(failure !== null && { error: { code: reached > 0 ? "recipients_refused" : "mail_not_sent", message: failure } }),
    idempotency_key: `mail:${id}`,
  });
}
