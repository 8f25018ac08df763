import { Refusal } from "@daybook/event";
import { credentials, sessions } from "@daybook/store";
import type { Platform } from "../../platform.ts";
import { confirmationSubject, giveBackAttempt, takeAttempt } from "../sign-in/attempts.ts";
import type { Account } from "./account-change.ts";

const secondsPerMinute = 60;
/** Who has no password shows a session that began no longer ago than this. */
const freshMs = 3_600_000;

/**
 * A session left open on somebody's desk must not be enough to change how its person signs in: they show their password again. Wrong ones count, apart
 * from those at the front door, so that a stolen session cannot lock its person out.
 */
export async function confirmPerson(platform: Platform, { person, sessionId, keys }: Account, password: string | undefined): Promise<{ hash: string | null }> {
  const db = platform.store.platform;
  const hash = await credentials.passwordHashOf(db, person.id);
  if (hash === null) {
    const session = await sessions.find(db, sessionId);
    if (session && platform.now().getTime() - session.createdAt.getTime() <= freshMs) return { hash };
    throw new Refusal("forbidden", "You signed in more than an hour ago. Sign out and in again, then do this at once.");
  }
  if (!password) throw new Refusal("invalid", "Type your password: this changes how you sign in.", "password");
  await countedAttempt(platform, person.id, async () => {
    if (!(await keys.passwordMatches(hash, password))) throw new Refusal("invalid", "This is not your password.", "password");
  });
  return { hash };
}

/** Something that could be guessed, at most ten times in a quarter of an hour. */
export async function countedAttempt<T>(platform: Platform, userId: string, work: () => Promise<T>): Promise<T> {
  const { subjectHash, lockedSeconds } = await takeAttempt(platform, confirmationSubject(userId));
  if (lockedSeconds > 0) throw new Refusal("rate_limited", `Too many wrong attempts. Try again in ${Math.ceil(lockedSeconds / secondsPerMinute)} minutes.`);
  const result = await work();
  await giveBackAttempt(platform, subjectHash);
  return result;
}
