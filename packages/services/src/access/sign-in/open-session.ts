import type { EventContext } from "@daybook/event";
import { sessions, signInAttempts } from "@daybook/store";
import type { SignInMethod, Tx } from "@daybook/store";
import { newId } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import type { Person } from "../viewers.ts";
import { addressSubject } from "./attempts.ts";
import { recordOfPerson } from "./person-events.ts";
import { secretText } from "./secret-text.ts";
import { sessionLifetime } from "./session-lifetime.ts";

export interface OpenedSession {
  id: string;
  /** What the browser carries, in a signed cookie. */
  token: string;
  expiresAt: Date;
  /** Attempts that failed since the sign-in before. */
  failed: { count: number; lastAt: Date | null };
}

export interface Opening {
  person: Person;
  /** How they proved who they are, all of it: there is no session before the last factor. */
  method: SignInMethod;
  /** Of single sign-on: what it says is believed, told and of use in its own organization alone. */
  provider?: { organizationId: string; id: string; name: string };
  request: EventContext;
}

/** Every way in ends here: the session, and the event that says so, in one transaction. */
export async function openSession(platform: Platform, tx: Tx, { person, method, provider, request }: Opening): Promise<OpenedSession> {
  const at = platform.now();
  const id = newId(platform);
  const token = secretText(platform);
  const expiresAt = await sessionLifetime(tx, { userId: person.id, beganAt: at, at });
  // A provider does not answer for passwords: its word must not let somebody guess on.
  const { failures, lastFailedAt } = provider ? { failures: 0, lastFailedAt: null } : await signInAttempts.clear(tx, addressSubject(person.email));
  await sessions.forgetExpired(tx, person.id, { before: at });
  await sessions.insert(tx, {
    id,
    userId: person.id,
    token,
    expiresAt,
    ipAddress: request.ip ?? null,
    userAgent: request.user_agent ?? null,
    method,
    providerOrganizationId: provider?.organizationId ?? null,
    providerId: provider?.id ?? null,
    failedBefore: failures,
    lastFailedAt,
    createdAt: at,
    updatedAt: at,
  });
  await recordOfPerson(
    platform,
    tx,
    { person, request: { ...request, session_id: id }, only: provider?.organizationId },
    {
      action: "user_logged_in",
      metadata: { method, ...(provider && { provider: provider.name }), ...(failures > 0 && { failed_before: failures }) },
    },
  );
  return { id, token, expiresAt, failed: { count: failures, lastAt: lastFailedAt } };
}

/** Ends a session at its person's wish. One that ended by itself is no act of anybody. */
export async function closeSession(
  platform: Platform,
  { person, sessionId, request }: { person: Person; sessionId: string; request: EventContext },
): Promise<void> {
  await platform.store.platformTransaction(async (tx) => {
    const ended = await sessions.end(tx, { id: sessionId, userId: person.id });
    if (!ended) return;
    const only = ended.providerOrganizationId ?? undefined;
    await recordOfPerson(platform, tx, { person, request: { ...request, session_id: sessionId }, only }, { action: "user_logged_out" });
  });
}
