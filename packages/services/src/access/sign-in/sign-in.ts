import type { EventContext } from "@daybook/event";
import { credentials, members, passkeys, secondFactors, signInSteps } from "@daybook/store";
import type { Platform } from "../../platform.ts";
import { addressSubject, giveBackAttempt, recordFailedSignIn, takeAttempt } from "./attempts.ts";
import type { FailedSignIn } from "./attempts.ts";
import type { PasskeyMessage, SignInKeys } from "./keys.ts";
import { openSession } from "./open-session.ts";
import type { OpenedSession } from "./open-session.ts";
import { recoveryCodeHash } from "./recovery-codes.ts";
import { hashOf, secretText } from "./secret-text.ts";
import { openTotpSecret } from "./totp-secret.ts";
import { stepOfCode } from "./totp.ts";

const secondFactorLastsMs = 10 * 60_000;
const passkeyLastsMs = 5 * 60_000;

/** What the browser holds between two requests; a cookie that scripts cannot read. */
export interface StepToken {
  token: string;
  lastsMs: number;
}

export type SignInOutcome =
  | { kind: "signed_in"; session: OpenedSession }
  | { kind: "second_factor"; step: StepToken }
  | { kind: "refused" }
  /** The step before this one is over, was taken, or never was. */
  | { kind: "start_again" }
  | { kind: "locked"; seconds: number };

/** The first factor, and the only one of who has no second. */
export async function signInWithPassword(
  platform: Platform,
  keys: SignInKeys,
  { email, password, request }: { email: string; password: string; request: EventContext },
): Promise<SignInOutcome> {
  const db = platform.store.platform;
  const attempt = await takeAttempt(platform, addressSubject(email));
  if (attempt.lockedSeconds > 0) return locked(platform, { email, request, seconds: attempt.lockedSeconds });
  const person = await members.findUserByEmail(db, email);
  const hash = person && (await credentials.passwordHashOf(db, person.id));
  const right = await keys.passwordMatches(hash, password);
  if (!person || !right) return refused(platform, { email, request, reason: "wrong_password", attempt });
  const outcome = await platform.store.platformTransaction(async (tx): Promise<SignInOutcome | null> => {
    // Between the look at the password and here it may have become another one, which ended every session; then this one must not begin.
    await credentials.lockUser(tx, person.id);
    if ((await credentials.passwordHashOf(tx, person.id)) !== hash) return null;
    if ((await secondFactors.find(tx, person.id))?.confirmedAt)
      return { kind: "second_factor", step: await beginStep(platform, tx, { kind: "second_factor", userId: person.id, lastsMs: secondFactorLastsMs }) };
    return { kind: "signed_in", session: await openSession(platform, tx, { person, method: "password", request }) };
  });
  if (!outcome) return refused(platform, { email, request, reason: "wrong_password", attempt });
  if (outcome.kind === "second_factor") await giveBackAttempt(platform, attempt.subjectHash);
  return outcome;
}

export type SecondFactorShown = { code: string } | { recoveryCode: string };

/** The second factor: a code of the app, or one of those for the day on which the telephone is gone. */
export async function signInWithSecondFactor(
  platform: Platform,
  { token, shown, request }: { token: string; shown: SecondFactorShown; request: EventContext },
): Promise<SignInOutcome> {
  const db = platform.store.platform;
  const wanted = { tokenHash: hashOf(token), kind: "second_factor", at: platform.now() } as const;
  const step = await signInSteps.find(db, wanted);
  const person = step?.userId ? await members.findUser(db, step.userId) : null;
  const factor = person && (await secondFactors.find(db, person.id));
  if (!person || !factor?.confirmedAt) return { kind: "start_again" };
  const attempt = await takeAttempt(platform, addressSubject(person.email));
  if (attempt.lockedSeconds > 0) return locked(platform, { email: person.email, request, seconds: attempt.lockedSeconds });
  const period = "code" in shown ? stepOfCode(openTotpSecret(platform, factor), shown.code, platform.now()) : null;
  const outcome = await platform.store.platformTransaction(async (tx): Promise<SignInOutcome | null> => {
    await credentials.lockUser(tx, person.id);
    const right =
      "code" in shown
        ? period !== null && (await secondFactors.takeStep(tx, person.id, period))
        : await secondFactors.takeRecoveryCode(tx, person.id, recoveryCodeHash(shown.recoveryCode));
    if (!right) return null;
    if (!(await signInSteps.take(tx, wanted))) return { kind: "start_again" };
    const method = "code" in shown ? "password_totp" : "recovery_code";
    return { kind: "signed_in", session: await openSession(platform, tx, { person, method, request }) };
  });
  return outcome ?? refused(platform, { email: person.email, request, reason: "code" in shown ? "wrong_code" : "wrong_recovery_code", attempt });
}

/** A challenge for whichever passkey the browser finds. */
export async function beginPasskeySignIn(platform: Platform, keys: SignInKeys): Promise<{ options: PasskeyMessage; step: StepToken }> {
  const { options, challenge } = await keys.passkeys.askForAny();
  return { options, step: await beginStep(platform, platform.store.platform, { kind: "passkey_sign_in", challenge, lastsMs: passkeyLastsMs }) };
}

/** A passkey checks its user itself, so it is both factors in one. It cannot be guessed, so a lock of the address does not concern it. */
export async function signInWithPasskey(
  platform: Platform,
  keys: SignInKeys,
  { token, response, request }: { token: string; response: PasskeyMessage; request: EventContext },
): Promise<SignInOutcome> {
  const db = platform.store.platform;
  const step = await signInSteps.take(db, { tokenHash: hashOf(token), kind: "passkey_sign_in", at: platform.now() });
  if (!step?.challenge) return { kind: "start_again" };
  const credentialId = keys.passkeys.credentialIdOf(response);
  const passkey = credentialId === null ? null : await passkeys.findByCredential(db, credentialId);
  const person = passkey && (await members.findUser(db, passkey.userId));
  if (!passkey || !person) return { kind: "refused" };
  const proof = await keys.passkeys.readAnswer(response, step.challenge, passkey);
  if (!proof) return refused(platform, { email: person.email, request, reason: "wrong_passkey" });
  return platform.store.platformTransaction(async (tx): Promise<SignInOutcome> => {
    await credentials.lockUser(tx, person.id);
    if (!(await passkeys.used(tx, passkey.id, { counter: proof.counter, at: platform.now() }))) return { kind: "refused" };
    return { kind: "signed_in", session: await openSession(platform, tx, { person, method: "passkey", request }) };
  });
}

type StepBegun = Pick<Parameters<typeof signInSteps.begin>[1], "kind" | "userId" | "challenge"> & { lastsMs: number };

async function beginStep(platform: Platform, db: Parameters<typeof signInSteps.begin>[0], { lastsMs, ...step }: StepBegun): Promise<StepToken> {
  const token = secretText(platform);
  const at = platform.now();
  await signInSteps.begin(db, { ...step, tokenHash: hashOf(token), expiresAt: new Date(at.getTime() + lastsMs) }, { at });
  return { token, lastsMs };
}

async function refused(platform: Platform, failed: FailedSignIn): Promise<SignInOutcome> {
  await recordFailedSignIn(platform, failed);
  return { kind: "refused" };
}

async function locked(platform: Platform, { seconds, ...failed }: Pick<FailedSignIn, "email" | "request"> & { seconds: number }): Promise<SignInOutcome> {
  await recordFailedSignIn(platform, { ...failed, reason: "locked" });
  return { kind: "locked", seconds };
}
