import type { EventContext } from "@daybook/event";
import { members, signInAttempts } from "@daybook/store";
import type { Platform } from "../../platform.ts";
import type { Person } from "../viewers.ts";
import { recordOfPerson } from "./person-events.ts";
import { hashOf } from "./secret-text.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** So many failures within the window lock an address. */
const attemptsMax = 10;
const rules = { attemptsMax, windowMs: 15 * minuteMs, lockMs: 15 * minuteMs };
const keptMs = 30 * dayMs;
/** Rows kept of addresses that are not locked; guessing at random addresses drives out the oldest. */
const addressesMax = 50_000;

/** What failures are counted by. Addresses that nobody has count alike. */
export const addressSubject = (email: string): Buffer => hashOf(email.trim().toLowerCase());
/** Somebody signed in who proves again who they are. No address looks like this. */
export const confirmationSubject = (userId: string): Buffer => hashOf(`confirmation of ${userId}`);

export interface Attempt {
  subjectHash: Buffer;
  /** 0: it may be made. */
  lockedSeconds: number;
  /** Its failure locks. */
  isLast: boolean;
}

/** Counts an attempt before it is made. */
export async function takeAttempt(platform: Platform, subjectHash: Buffer): Promise<Attempt> {
  const db = platform.store.platform;
  const at = platform.now();
  const taken = await signInAttempts.take(db, { subjectHash, at, rules });
  if (!taken) return { subjectHash, lockedSeconds: await lockedSecondsOf(platform, subjectHash), isLast: false };
  if (taken.attempts === 1) await signInAttempts.forget(db, { before: new Date(at.getTime() - keptMs), rowsMax: addressesMax, at });
  return { subjectHash, lockedSeconds: 0, isLast: taken.attempts >= attemptsMax };
}

/** It was right as far as it went. */
export const giveBackAttempt = (platform: Platform, subjectHash: Buffer): Promise<void> => signInAttempts.giveBack(platform.store.platform, subjectHash);

async function lockedSecondsOf(platform: Platform, subjectHash: Buffer): Promise<number> {
  const until = (await signInAttempts.find(platform.store.platform, subjectHash))?.lockedUntil;
  // It may have ended between the two statements; then the next attempt is free.
  return Math.max(1, Math.ceil(((until?.getTime() ?? 0) - platform.now().getTime()) / 1_000));
}

const failures = {
  wrong_password: { code: "invalid_credentials", message: "The password was wrong." },
  wrong_code: { code: "invalid_second_factor", message: "The password was right, the code of the second factor was not." },
  wrong_recovery_code: { code: "invalid_recovery_code", message: "The password was right, the recovery code was not." },
  wrong_passkey: { code: "invalid_passkey", message: "The answer did not prove the passkey." },
  rate_limited: { code: "rate_limited", message: "Too many attempts; the password was not looked at." },
  locked: { code: "sign_in_locked", message: "The address is locked; the password was not looked at." },
} as const;

export interface FailedSignIn {
  email: string;
  request: EventContext;
  reason: keyof typeof failures;
  /** The attempt that failed, where it counts. */
  attempt?: Pick<Attempt, "subjectHash" | "isLast">;
}

/**
 * A failed sign-in is told to the organizations of the account it was tried on; an unknown address concerns none of them, and answers alike.
 * Attempts that were turned away unseen collapse into one event a minute, so that guessing cannot flood the log.
 */
export async function recordFailedSignIn(platform: Platform, { email, request, reason, attempt }: FailedSignIn): Promise<void> {
  const person = await members.findUserByEmail(platform.store.platform, email);
  const unseen = reason === "rate_limited" || reason === "locked";
  await platform.store.platformTransaction(async (tx) => {
    if (attempt) await signInAttempts.failed(tx, attempt.subjectHash, { at: platform.now() });
    if (!person) return;
    await recordOfPerson(
      platform,
      tx,
      { person, request, by: "nobody_known" },
      {
        action: "user_login_failed",
        status: "failed",
        error: failures[reason],
        ...(unseen && { idempotency_key: `sign_in_${reason}:${person.id}:${platform.now().toISOString().slice(0, 16)}` }),
      },
    );
    if (attempt?.isLast) await recordLock(platform, tx, person, request);
  });
}

const recordLock = (platform: Platform, tx: Parameters<typeof recordOfPerson>[1], person: Person, request: EventContext): Promise<void> =>
  recordOfPerson(
    platform,
    tx,
    { person, request, by: "daybook" },
    {
      action: "user_sign_in_locked",
      metadata: { failed_attempts: attemptsMax, minutes: rules.lockMs / minuteMs },
    },
  );
