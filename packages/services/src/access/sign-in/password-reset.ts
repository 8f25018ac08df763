import type { EventContext } from "@daybook/event";
import { Refusal } from "@daybook/event";
import { passwordResetMail, renderMail } from "@daybook/reports";
import { credentials, members, passwordResets, sessions, signInAttempts, signInSteps, wake } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { newId } from "../../context.ts";
import { deliverMailQueue } from "../../delivery/deliver-mail.ts";
import { queueMail } from "../../delivery/queue-mail.ts";
import { secretLinkPlace } from "../../delivery/secret-link.ts";
import type { Platform } from "../../platform.ts";
import type { Person } from "../viewers.ts";
import { addressSubject } from "./attempts.ts";
import type { SignInKeys } from "./keys.ts";
import { recordOfPerson } from "./person-events.ts";
import { hashOf, secretText } from "./secret-text.ts";

const minuteMs = 60_000;
export const resetLinkMinutes = 60;

/**
 * Sends a link for a new password, if somebody here has the address. Tells nobody whether: the same comes back, and the mail is written in both cases,
 * so that an unknown address takes its time as well.
 */
export async function requestPasswordReset(platform: Platform, { email, request }: { email: string; request: EventContext }): Promise<void> {
  const person = await members.findUserByEmail(platform.store.platform, email);
  const address = person?.email ?? email.toLowerCase();
  const mail = await renderMail(passwordResetMail, { origin: platform.origin, link: secretLinkPlace(platform), email: address, minutes: resetLinkMinutes });
  if (!person) return;
  const [organization] = (await members.organizationsOf(platform.store.platform, person.id)).filter(({ demo }) => !demo);
  // The outbox belongs to organizations; who is in none has nothing to come in to.
  if (!organization) return;
  await platform.store.platformTransaction(async (tx) => {
    const secretLink = await newResetLink(platform, tx, person);
    await queueMail(tx, organization.id, platform, {
      kind: "account",
      mail,
      to: [person.email],
      about: { action: null, resource: { type: "user", id: person.id, name: person.email }, related: [], metadata: {} },
      secretLink,
    });
    await recordOfPerson(platform, tx, { person, request, by: "nobody_known" }, { action: "user_password_reset_requested" });
    await wake(tx, deliverMailQueue);
  });
}

/** For the operator, who knows somebody but has no mail server: the link itself. */
export async function makePasswordResetLink(platform: Platform, email: string): Promise<string> {
  const person = await members.findUserByEmail(platform.store.platform, email);
  if (!person) throw new Refusal("not_found", `Nobody here has the address "${email}".`);
  return platform.store.platformTransaction(async (tx) => {
    const link = await newResetLink(platform, tx, person);
    await recordOfPerson(platform, tx, { person, request: {}, by: "operator" }, { action: "user_password_reset_requested" });
    return link;
  });
}

async function newResetLink(platform: Platform, tx: Tx, { id }: Person): Promise<string> {
  const token = secretText(platform);
  const at = platform.now();
  await credentials.lockUser(tx, id);
  await passwordResets.replace(tx, { tokenHash: hashOf(token), userId: id, createdAt: at, expiresAt: new Date(at.getTime() + resetLinkMinutes * minuteMs) });
  return `${platform.origin}/reset-password/${token}`;
}

const over = new Refusal("not_found", `This link was used, or is older than ${resetLinkMinutes} minutes. Ask for a new one.`);

/** Sets the new password. Whoever had a session with the old one has none any more; the second factor stays what it was. */
export async function completePasswordReset(
  platform: Platform,
  keys: SignInKeys,
  { token, password, request }: { token: string; password: string; request: EventContext },
): Promise<void> {
  const tokenHash = hashOf(token);
  // Before the password is hashed, which is made to be slow.
  const found = await passwordResets.find(platform.store.platform, tokenHash, { at: platform.now() });
  if (!found) throw over;
  const hash = await keys.hashPassword(password);
  await platform.store.platformTransaction(async (tx) => {
    const at = platform.now();
    // The person before the link, as everywhere: who takes them the other way round stands in the way of a change of the password.
    await credentials.lockUser(tx, found.userId);
    const reset = await passwordResets.take(tx, tokenHash, { at });
    const person = reset && (await members.findUser(tx, reset.userId));
    if (!person) throw over;
    await credentials.setPassword(tx, { userId: person.id, accountId: newId(platform), hash, at });
    const ended = await sessions.endAll(tx, person.id, { at });
    await signInSteps.forgetAllOf(tx, person.id);
    await signInAttempts.clear(tx, addressSubject(person.email));
    await recordOfPerson(platform, tx, { person, request }, { action: "user_password_reset_completed", counts: { sessions: ended } });
  });
}
