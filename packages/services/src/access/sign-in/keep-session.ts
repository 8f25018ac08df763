import { sessions } from "@daybook/store";
import type { Platform } from "../../platform.ts";
import { sessionLifetime } from "./session-lifetime.ts";

/** "Last active" is told to the minute, and costs a write a minute. */
const touchEveryMs = 60_000;

export interface UsedSession {
  id: string;
  userId: string;
  beganAt: Date;
  lastActiveAt: Date;
}

/** Prolongs a session that is used. Null when it has ended: somebody ended it, or a rule grew shorter. */
export async function keepSession(platform: Platform, { id, userId, beganAt, lastActiveAt }: UsedSession): Promise<{ prolongedTo: Date | null } | null> {
  const db = platform.store.platform;
  const at = platform.now();
  if (at.getTime() - lastActiveAt.getTime() < touchEveryMs) return { prolongedTo: null };
  const expiresAt = await sessionLifetime(db, { userId, beganAt, at });
  return (await sessions.touch(db, id, { at, expiresAt })) && expiresAt > at ? { prolongedTo: expiresAt } : null;
}
